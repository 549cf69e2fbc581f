using System.Threading.Channels;
using SessionCore.Events;

namespace SessionHosting.Events;

/// <summary>Hints of commits in this process for the loop that delivers in it. Those that are not taken yet are one.</summary>
internal sealed class LoopHints : IEventHints
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);
    private int _lanes;

    /// <inheritdoc/>
    public void Committed(int lane)
    {
        // Beside hints that are not taken yet, the signal of the first stands.
        if (Interlocked.Or(ref _lanes, 1 << lane) == 0)
        {
            _ = _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits for a hint. One caller at a time.</summary>
    /// <returns>The lanes of all hints since those that were taken before.</returns>
    public async Task<IReadOnlyCollection<int>> TakeAsync(CancellationToken cancellationToken)
    {
        _ = await _signal.Reader.ReadAsync(cancellationToken);
        var lanes = Interlocked.Exchange(ref _lanes, 0);
        return [.. Enumerable.Range(0, EventPump.Lanes).Where(lane => (lanes & (1 << lane)) != 0)];
    }
}
