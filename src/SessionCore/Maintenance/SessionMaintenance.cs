using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Entry point of maintenance for timers and operators. Any number of instances may call it at once.</summary>
/// <remarks>
/// Every method throws <see cref="StoreUnavailableException"/> when the table does not answer; the next call continues.
/// </remarks>
public sealed partial class SessionMaintenance
{
    private readonly ExpiredSessionPurge _purge;
    private readonly UserIndexRebuild _rebuild;
    private readonly AuditVerification _audit;
    private readonly AuditTrim _trim;
    private readonly MaintenanceRunner _runner;
    private readonly MaintenanceRuns _runs;
    private readonly MaintenanceStore _store;
    private readonly LiveCount _live;
    private readonly MaintenanceMetrics _metrics;
    private readonly MaintenanceOptions _options;
    private readonly ILogger<SessionMaintenance> _logger;

    internal SessionMaintenance(
        ExpiredSessionPurge purge,
        UserIndexRebuild rebuild,
        AuditVerification audit,
        AuditTrim trim,
        MaintenanceRunner runner,
        MaintenanceRuns runs,
        MaintenanceStore store,
        LiveCount live,
        MaintenanceMetrics metrics,
        IOptions<MaintenanceOptions> options,
        ILogger<SessionMaintenance> logger)
    {
        _purge = purge;
        _rebuild = rebuild;
        _audit = audit;
        _trim = trim;
        _runner = runner;
        _runs = runs;
        _store = store;
        _live = live;
        _metrics = metrics;
        _options = options.Value;
        _logger = logger;
    }

    /// <summary>Purges rows that are due, within the time budget of one call.</summary>
    /// <param name="start">Why.</param>
    /// <param name="cancellationToken">Stops between two batches; leases are released.</param>
    public async Task<MaintenanceReport> PurgeAsync(RunStart start, CancellationToken cancellationToken)
    {
        var report = await _runner.RunAsync(_purge, start, BudgetOf(start), cancellationToken);
        if (report.RunId is not null)
        {
            var age = await _purge.BacklogAgeAsync(cancellationToken);
            _metrics.BacklogAge(age);
            LogBacklog(_logger, (long)age.TotalSeconds);
            await _trim.TrimDeploymentAsync(_store.Time.GetUtcNow() - _options.Grace, cancellationToken);
        }

        return report;
    }

    /// <summary>Rebuilds the indexes of all users, within the time budget of one call.</summary>
    /// <param name="start">Why.</param>
    /// <param name="cancellationToken">Stops between two batches; leases are given back, and the next run goes on there.</param>
    public async Task<MaintenanceReport> RebuildAsync(RunStart start, CancellationToken cancellationToken)
    {
        var report = await _runner.RunAsync(_rebuild, start, BudgetOf(start), cancellationToken);
        if (report is { IsFinished: true, RunId: { } run })
        {
            try
            {
                await _live.SetAsync(run, report.Counts[MaintenanceCount.LiveSessions], cancellationToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogNotCounted(_logger, exception);
            }
        }

        return report;
    }

    /// <summary>Adds what this instance has begun and ended to the count of live sessions.</summary>
    public ValueTask FlushLiveCountAsync(CancellationToken cancellationToken) => _live.FlushAsync(cancellationToken);

    /// <summary>Rebuilds the indexes of one user.</summary>
    /// <param name="partition">The user: <see cref="SessionLocator.PartitionOf"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The counts.</returns>
    public async Task<IReadOnlyDictionary<MaintenanceCount, long>> RebuildUserAsync(UInt128 partition, CancellationToken cancellationToken) =>
        (await _rebuild.RebuildUserAsync(partition, cancellationToken)).ToDictionary();

    /// <summary>Verifies the audit chains of all users, of the deployment and of its operators, within the time budget of one call.</summary>
    /// <param name="start">Why.</param>
    /// <param name="cancellationToken">Stops between two pages; leases are given back, and the next run goes on there.</param>
    public Task<MaintenanceReport> VerifyAuditAsync(RunStart start, CancellationToken cancellationToken) =>
        _runner.RunAsync(_audit, start, BudgetOf(start), cancellationToken);

    /// <summary>Verifies the audit chain of one user.</summary>
    /// <param name="partition">The user: <see cref="SessionLocator.PartitionOf"/>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The counts, and what is wrong.</returns>
    public async Task<(IReadOnlyDictionary<MaintenanceCount, long> Counts, IReadOnlyList<AuditFinding> Findings)> VerifyUserAuditAsync(
        UInt128 partition, CancellationToken cancellationToken)
    {
        var partitionKey = SessionLocator.Hex(partition);
        var reading = await _audit.CheckAsync(partitionKey, cancellationToken);
        var tally = new MaintenanceTally();
        AuditVerification.Add(partitionKey, reading, tally);
        return (tally.ToDictionary(), reading.Findings);
    }

    /// <summary>Returns the status of the jobs.</summary>
    public async Task<MaintenanceStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var (sessions, hours) = await _live.ReadAsync(cancellationToken);
        return new MaintenanceStatus
        {
            Purge = await StatusOfAsync(_purge, cancellationToken),
            Rebuild = await StatusOfAsync(_rebuild, cancellationToken),
            BacklogAge = await _purge.BacklogAgeAsync(cancellationToken),
            Sessions = sessions,
            Hours = hours,
        };
    }

    private async ValueTask<MaintenanceJobStatus> StatusOfAsync(IMaintenanceJob job, CancellationToken cancellationToken)
    {
        if (await _store.Table.FindAsync(RangeRow.PartitionKey, job.Name, cancellationToken) is not { } row || RunRow.Read(row) is not { } run)
        {
            return new MaintenanceJobStatus();
        }

        var (tally, done) = await _runs.SumAsync(run, cancellationToken);
        return new MaintenanceJobStatus
        {
            RunId = run.Id,
            StartedAt = run.StartedAt,
            IsFinished = run.IsFinished,
            Ranges = run.Ranges,
            RangesDone = run.IsFinished ? run.Ranges : done,
            Counts = (run.IsFinished ? run.LastTally : tally).ToDictionary(),
            LastStartedAt = run.LastStartedAt,
            LastFinishedAt = run.LastFinishedAt,
            LastCounts = run.LastTally.ToDictionary(),
            NextRunAt = run.StartedAt < DateTimeOffset.MaxValue - job.Interval ? run.StartedAt + job.Interval : null,
        };
    }

    private TimeSpan BudgetOf(RunStart start) => start is RunStart.Demanded ? _options.OperationBudget : _options.TimeBudget;

    // An alert reads this line (infra/modules/alerts.bicep), because a Functions app has logs without an exporter, but custom metrics
    // only with one.
    [LoggerMessage(1651, LogLevel.Information, "The oldest due entry has been waiting for the purge for {Seconds} s")]
    private static partial void LogBacklog(ILogger logger, long seconds);

    [LoggerMessage(1652, LogLevel.Warning, "The store did not answer, so the count of live sessions stays as it was; the next rebuild sets it")]
    private static partial void LogNotCounted(ILogger logger, Exception exception);
}

/// <summary>Trigger of a run.</summary>
public enum RunStart
{
    /// <summary>
    /// A timer with the job's interval: joins a run in progress, or starts one if the last started at least half an interval ago.
    /// </summary>
    Scheduled,

    /// <summary>
    /// A poll more frequent than the interval: joins a run in progress, or starts one if the last started at least one interval ago.
    /// </summary>
    Due,

    /// <summary>An operator's request: joins a run in progress, or starts one.</summary>
    Demanded,

    /// <summary>A timer started by hand: as <see cref="Demanded"/>, with the time budget of a timer's run.</summary>
    ByHand,

    /// <summary>A continuation: joins an unfinished run, and starts none.</summary>
    Continued,
}

/// <summary>Result of one call of a maintenance job.</summary>
public sealed record MaintenanceReport
{
    /// <summary>Gets the number of the run; null when there was nothing to do.</summary>
    public long? RunId { get; init; }

    /// <summary>
    /// Gets a value indicating whether every range is done. If not, another instance is working on it or the next run continues.
    /// </summary>
    public bool IsFinished { get; init; }

    /// <summary>Gets the number of ranges that this call worked on.</summary>
    public int RangesWorked { get; init; }

    /// <summary>Gets the counts of the run so far, for all instances.</summary>
    public IReadOnlyDictionary<MaintenanceCount, long> Counts { get; init; } = new Dictionary<MaintenanceCount, long>();
}
