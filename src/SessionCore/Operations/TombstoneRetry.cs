using SessionCore.Caching;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Background retry of tombstones that Redis did not confirm, until older entries have expired.</summary>
internal sealed class TombstoneRetry(SessionCache cache, TimeProvider timeProvider)
{
    // Beyond this number entries expire by their age, which the answer already states.
    private const int MaxRunning = 256;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    private int _running;

    /// <summary>Starts a retry in the background.</summary>
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
