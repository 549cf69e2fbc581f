using Microsoft.Azure.Functions.Worker;
using SessionCore.Maintenance;

namespace SessionFunctions;

/// <summary>Maintenance on timers. A timer is an at-least-once hint that may overlap: leases in the store see to the rest.</summary>
public sealed class TimerFunctions(SessionMaintenance maintenance)
{
    /// <summary>Purges what has expired; a run whose time is spent goes on at the next tick.</summary>
    [Function("PurgeExpiredSessions")]
    [FixedDelayRetry(2, "00:00:30")]
    public Task PurgeExpiredSessionsAsync(
        [TimerTrigger("%PurgeSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        maintenance.PurgeAsync(RunStart.Scheduled, cancellationToken);

    /// <summary>Rebuilds the user indexes; it resumes where a run before has stopped.</summary>
    [Function("RebuildUserIndexes")]
    [FixedDelayRetry(2, "00:01:00")]
    public Task RebuildUserIndexesAsync(
        [TimerTrigger("%RebuildSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        maintenance.RebuildAsync(RunStart.Scheduled, cancellationToken);
}
