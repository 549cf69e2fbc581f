using Microsoft.Azure.Functions.Worker;
using SessionCore.Maintenance;

namespace SessionFunctions;

/// <summary>Starts maintenance on its schedules. The platform runs a timer on one instance; if it ever runs on two, leases part the work.</summary>
public sealed class MaintenanceTimers(SessionMaintenance maintenance, TimeProvider timeProvider)
{
    // A timer may fire a little before its time.
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(1);

    /// <summary>Deletes what is past its time, and goes on with a rebuild whose time was spent. A missed run is caught up once.</summary>
    [Function("PurgeExpiredSessions")]
    [FixedDelayRetry(2, "00:00:30")]
    public async Task PurgeAsync(
        [TimerTrigger("%PurgeSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken)
    {
        await maintenance.PurgeAsync(StartOf(timer), cancellationToken);
        await maintenance.RebuildAsync(RunStart.Continued, cancellationToken);
    }

    /// <summary>Begins to put right what hangs on the rows of all users.</summary>
    [Function("RebuildUserIndexes")]
    [FixedDelayRetry(2, "00:01:00")]
    public Task RebuildAsync(
        [TimerTrigger("%RebuildSchedule%", UseMonitor = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        maintenance.RebuildAsync(StartOf(timer), cancellationToken);

    // The platform says when the schedule fires next. That time has come when the schedule fires; between two ticks somebody runs it by hand.
    private RunStart StartOf(TimerInfo timer)
    {
        var isTick = timer.IsPastDue || (timer.ScheduleStatus is { } status && new DateTimeOffset(status.Next.ToUniversalTime()) <= timeProvider.GetUtcNow() + Early);
        return isTick ? RunStart.Scheduled : RunStart.ByHand;
    }
}
