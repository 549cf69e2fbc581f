using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Runs a job over its ranges, which instances divide by leases.</summary>
internal sealed partial class MaintenanceRunner(
    MaintenanceStore store, MaintenanceRuns runs, MaintenanceMetrics metrics, ILogger<MaintenanceRunner> logger)
{
    // Leases are released even while the host stops; this bounds the wait for a store that does not answer.
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(3);

    /// <summary>Works on a run until it is finished, other instances hold all remaining ranges, or the time is spent.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer; the next run continues.</exception>
    public async Task<MaintenanceReport> RunAsync(IMaintenanceJob job, RunStart start, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (await runs.JoinAsync(job, start, cancellationToken) is not var (run, isNew))
        {
            if (start is RunStart.Scheduled)
            {
                LogNotDue(logger, job.Name);
            }

            return new MaintenanceReport();
        }

        using var activity = MaintenanceMetrics.Activities.StartActivity("maintenance " + job.Kind);
        activity?.SetTag("session.maintenance.run", run.Id);
        var window = new WorkWindow(store.Time, budget);
        var outcome = "failed";
        try
        {
            if (isNew && !await job.HasWorkAsync(cancellationToken))
            {
                await runs.CloseAsync(run, new MaintenanceTally(), cancellationToken);
                outcome = "finished";
                return new MaintenanceReport { RunId = run.Id, IsFinished = true, Counts = new MaintenanceTally().ToDictionary() };
            }

            var worked = await WorkAsync(job, run, window, cancellationToken);
            var (tally, isThrough) = await runs.FinishAsync(run, cancellationToken);
            outcome = isThrough ? "finished" : "unfinished";
            LogRun(logger, job.Name, run.Id, outcome, worked, window.Elapsed);
            return new MaintenanceReport { RunId = run.Id, IsFinished = isThrough, RangesWorked = worked, Counts = tally.ToDictionary() };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = "stopped";
            throw;
        }
        finally
        {
            activity?.SetStatus(outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
            metrics.Ran(job.Kind, outcome, window.Elapsed);
        }
    }

    private async ValueTask<int> WorkAsync(IMaintenanceJob job, RunRow run, WorkWindow window, CancellationToken cancellationToken)
    {
        // A random first range, so that instances that start together take different ranges.
        var first = RandomNumberGenerator.GetInt32(run.Ranges);
        var worked = 0;
        for (var i = 0; i < run.Ranges && !window.IsSpent; i++)
        {
            var range = new ShardRange((first + i) % run.Ranges, run.Ranges);
            try
            {
                if (await MaintenanceLease.TryTakeAsync(store, job.Name, range.Index, run.Id, cancellationToken) is { } lease)
                {
                    worked++;
                    await WorkAsync(job, lease, range, window, cancellationToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                // Other ranges may be on partition servers that answer.
                LogStoreFault(logger, job.Name, range.Index, exception);
            }
        }

        return worked;
    }

    private async ValueTask WorkAsync(
        IMaintenanceJob job, MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken)
    {
        var end = RangeEnd.OutOfTime;
        try
        {
            end = await job.WorkAsync(lease, range, window, cancellationToken);
        }
        finally
        {
            await GiveBackAsync(job, lease, range, end);
        }
    }

    private async ValueTask GiveBackAsync(IMaintenanceJob job, MaintenanceLease lease, ShardRange range, RangeEnd end)
    {
        using var deadline = new CancellationTokenSource(ReleaseTime, store.Time);
        var isOurs = false;
        try
        {
            isOurs = end switch
            {
                RangeEnd.Through => await lease.CompleteAsync(deadline.Token),
                RangeEnd.OutOfTime => await lease.ReleaseAsync(deadline.Token),
                _ => false,
            };
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            // The lease expires by itself.
            LogStoreFault(logger, job.Name, range.Index, exception);
            return;
        }

        if (!isOurs)
        {
            LogLost(logger, job.Name, range.Index, lease.Fence);
        }
    }

    [LoggerMessage(1401, LogLevel.Information, "The {Job} run {RunId} is {Outcome} after {Elapsed}; ranges worked here: {Ranges}")]
    private static partial void LogRun(ILogger logger, string job, long runId, string outcome, int ranges, TimeSpan elapsed);

    [LoggerMessage(1404, LogLevel.Information, "The {Job} did nothing: its last run started less than half an interval ago. A run by hand does not wait.")]
    private static partial void LogNotDue(ILogger logger, string job);

    [LoggerMessage(1402, LogLevel.Warning, "The store did not answer during the {Job}, range {Range}; the next run continues there")]
    private static partial void LogStoreFault(ILogger logger, string job, int range, Exception exception);

    [LoggerMessage(1403, LogLevel.Information, "The {Job}, range {Range}, was taken over by another instance (fencing token {Fence} is stale)")]
    private static partial void LogLost(ILogger logger, string job, int range, long fence);
}
