using Microsoft.Azure.Functions.Worker;
using SessionCore.Incidents;
using SessionCore.Maintenance;

namespace SessionFunctions;

/// <summary>Timers of maintenance. The platform fires a timer on one instance; if it fires on two, leases divide the work.</summary>
public sealed class MaintenanceTimers(SessionMaintenance maintenance, SessionJobs jobs, TimeProvider timeProvider)
{
    // A timer may fire slightly early.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    /// <summary>Purges expired rows, and continues a rebuild whose time budget was spent. Missed runs are caught up by one.</summary>
    [Function("PurgeExpiredSessions")]
    [FixedDelayRetry(2, "00:00:30")]
    public async Task PurgeAsync(
        [TimerTrigger("%PurgeSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken)
    {
        await maintenance.PurgeAsync(StartOf(timer), cancellationToken);
        await maintenance.RebuildAsync(RunStart.Continued, cancellationToken);
    }

    /// <summary>Starts a rebuild of the indexes of all users.</summary>
    [Function("RebuildUserIndexes")]
    [FixedDelayRetry(2, "00:01:00")]
    public Task RebuildAsync(
        [TimerTrigger("%RebuildSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        maintenance.RebuildAsync(StartOf(timer), cancellationToken);

    /// <summary>Goes on with jobs over sessions that the instance which began them has left, and deletes old ones.</summary>
    [Function("RunSessionJobs")]
    public Task RunJobsAsync([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
        jobs.RunAsync(cancellationToken);

    // The platform passes the next scheduled time. It has passed when the schedule fires; otherwise an operator started the function by
    // hand.
    private RunStart StartOf(TimerInfo timer)
    {
        var isTick = timer.IsPastDue || (timer.ScheduleStatus is { } status && new DateTimeOffset(status.Next.ToUniversalTime()) <= timeProvider.GetUtcNow() + Early);
        return isTick ? RunStart.Scheduled : RunStart.ByHand;
    }
}
