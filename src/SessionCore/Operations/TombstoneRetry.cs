using SessionCore.Caching;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Tries tombstones again that Redis has not confirmed, until older entries have lapsed by themselves.</summary>
internal sealed class TombstoneRetry(SessionCache cache, TimeProvider timeProvider)
{
    // Beyond it the age of the entries does the work alone: the answer that was given stays true.
    private const int MaxRunning = 256;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private int _running;

    /// <summary>Begins in the background; nobody waits for it.</summary>
    public void Begin(IReadOnlyList<EndedSession> sessions)
    {
        if (Interlocked.Increment(ref _running) > MaxRunning)
        {
            Interlocked.Decrement(ref _running);
            return;
        }

        _ = RunAsync(sessions);
    }

    private async Task RunAsync(IReadOnlyList<EndedSession> sessions)
    {
        try
        {
            var until = timeProvider.GetUtcNow() + cache.WorstDelay;
            for (var pause = FirstPause; timeProvider.GetUtcNow() + pause < until; pause *= 2)
            {
                await Task.Delay(pause, timeProvider);
                if (await cache.EntombAsync(sessions, CancellationToken.None))
                {
                    return;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
