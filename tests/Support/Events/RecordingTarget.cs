using System.Collections.Concurrent;
using SessionCore.Events;
using SessionCore.Sessions;

namespace Support.Events;

/// <summary>A receiver that keeps what it acknowledges, in the order of its arrival.</summary>
public sealed class RecordingTarget(string name = "one", params string[] types) : IEventTarget
{
    private readonly ConcurrentQueue<SessionEvent> _got = new();

    public string Name => name;

    /// <summary>Gets or sets a value indicating whether it acknowledges.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Gets or sets what happens when an event arrives, before it is acknowledged.</summary>
    public Action<SessionEvent> OnArrival { get; set; } = _ => { };

    public int Attempts { get; private set; }

    public IReadOnlyList<SessionEvent> Got => [.. _got];

    public IEnumerable<string> Types => _got.Select(got => got.Type);

    public bool Wants(string type) => types.Length == 0 || types.Contains(type);

    public ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken)
    {
        Attempts++;
        OnArrival(delivered);
        if (IsUp)
        {
            _got.Enqueue(delivered);
        }

        return ValueTask.FromResult(IsUp);
    }
}
