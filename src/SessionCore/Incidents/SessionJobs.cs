using Microsoft.Extensions.Logging;
using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Entry point of jobs: for operators, who create and watch them, and for hosts, which have them worked on.</summary>
/// <remarks>
/// Any number of instances may work on a job at once. Every method throws <see cref="StoreUnavailableException"/> when the table does not
/// answer; what was done stays done, and the next call continues.
/// </remarks>
public sealed partial class SessionJobs : IDisposable
{
    /// <summary>How long a job and its result are kept, from its creation.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>The most jobs that are not finished or cancelled.</summary>
    public const int MaxRunning = 20;

    private const int MaxListed = 100;
    private const int SampleSessions = 20;

    // A job that takes long lets the others have their turn.
    private const int TurnsInBudget = 4;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly JobServices _services;
    private readonly MaintenanceRunner _runner;
    private readonly MaintenanceRuns _runs;
    private readonly DeploymentKeys _deployment;
    private readonly ILogger<SessionJobs> _logger;
    private readonly JobRows _rows;
    private readonly ITable _table;

    internal SessionJobs(
        JobServices services, MaintenanceRunner runner, MaintenanceRuns runs, CacheSealer sealer, DeploymentKeys deployment, ILogger<SessionJobs> logger)
    {
        _services = services;
        _runner = runner;
        _runs = runs;
        _rows = new JobRows(services, runs, sealer);
        _deployment = deployment;
        _logger = logger;
        _table = services.Tables.Sessions;
    }

    /// <summary>Creates a job, and wakes who works on jobs in this process.</summary>
    /// <returns>Null when <see cref="MaxRunning"/> jobs are running.</returns>
    /// <exception cref="ArgumentException">The filter is empty.</exception>
    public async Task<SessionJob?> CreateAsync(JobRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Filter.IsEmpty)
        {
            throw new ArgumentException("The filter is empty: it would fit every session.", nameof(request));
        }

        if ((await _rows.ReadAllAsync(cancellationToken)).Count(job => job.State is JobState.Running) >= MaxRunning)
        {
            return null;
        }

        await _deployment.AnnounceAsync(cancellationToken);
        var row = new JobRow { Id = JobId.New(_services.Time.GetUtcNow()), Request = request, UserCount = request.Filter.Users?.Count, State = JobState.Running };

        // The run comes first: a job is never acknowledged that no instance would begin.
        await _runs.BeginAsync(new SessionJobRun(row, _services), cancellationToken);
        if (!(await _table.WriteAsync(_rows.Insertion(row), cancellationToken)).IsWritten && await _rows.FindAsync(row.Id, cancellationToken) is null)
        {
            throw new StoreUnavailableException("The job could not be written.");
        }

        Wake();
        return await _rows.DescribeAsync(row, cancellationToken);
    }

    /// <summary>Lists jobs, newest first, without samples.</summary>
    public async Task<IReadOnlyList<SessionJob>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = (await _rows.ReadAllAsync(cancellationToken)).Take(MaxListed);
        return await Task.WhenAll(rows.Select(row => _rows.DescribeAsync(row, cancellationToken)));
    }

    /// <summary>Returns the number of running jobs.</summary>
    public async ValueTask<int> CountRunningAsync(CancellationToken cancellationToken) =>
        (await _rows.ReadAllAsync(cancellationToken)).Count(job => job.State is JobState.Running);

    /// <summary>Finds a job; null when there is none.</summary>
    public async Task<SessionJob?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await _rows.FindAsync(id, cancellationToken) is { } row ? await _rows.DescribeAsync(row, cancellationToken) : null;

    /// <summary>Stops a job. What it has done stays done.</summary>
    /// <returns>The job; null when there is none. One that is finished stays so.</returns>
    public Task<SessionJob?> CancelAsync(JobId id, CancellationToken cancellationToken) => ChangeAsync(id, JobState.Running, JobState.Cancelled, cancellationToken);

    /// <summary>Continues a job that was stopped, where it was.</summary>
    /// <returns>The job; null when there is none. One that is finished stays so.</returns>
    public async Task<SessionJob?> ResumeAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await ChangeAsync(id, JobState.Cancelled, JobState.Running, cancellationToken);
        Wake();
        return job;
    }

    /// <summary>Returns lines of JSON of some sessions that fit: of a revocation, of those that were ended.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> SampleAsync(JobId id, CancellationToken cancellationToken)
    {
        var sample = new List<byte[]>();
        string? after = null;
        while (sample.Count < SampleSessions && await ReadResultAsync(id, after, cancellationToken) is { Lines.IsEmpty: false } page)
        {
            sample.AddRange(LinesOf(page.Lines).Take(SampleSessions - sample.Count));
            after = page.Continuation;
            if (after is null)
            {
                break;
            }
        }

        return sample;
    }

    /// <summary>Returns a page of the result: lines of JSON, each with a line feed.</summary>
    /// <param name="id">The job.</param>
    /// <param name="continuation">That of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null when the continuation is not one.</returns>
    public async ValueTask<JobResultPage?> ReadResultAsync(JobId id, string? continuation, CancellationToken cancellationToken)
    {
        if (continuation is not null && !JobResults.TryReadKey(continuation, out _, out _))
        {
            return null;
        }

        if (await _runs.FindAsync(SessionJobRun.NameOf(id), cancellationToken) is not { } run)
        {
            return new JobResultPage(default, Continuation: null);
        }

        var ranges = await _runs.RangesAsync(run, cancellationToken);
        return await _services.Results.ReadAsync(id, ranges, continuation, cancellationToken) is { } page
            ? new JobResultPage(page.Lines, page.RowKey)
            : new JobResultPage(default, Continuation: null);
    }

    /// <summary>Works on the running jobs within the time budget of a maintenance run, and deletes those that are past their retention.</summary>
    /// <returns>Whether this call has worked on something and something is left. A second caller waits for the first.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var window = new WorkWindow(_services.Time, _services.Options.TimeBudget);
            var hasWorked = false;
            var isLeft = false;
            foreach (var row in (await _rows.ReadAllAsync(cancellationToken)).Reverse())
            {
                if (row.State is not JobState.Running)
                {
                    await DeleteIfExpiredAsync(row, cancellationToken);
                }
                else if (window.IsSpent)
                {
                    isLeft = true;
                }
                else
                {
                    var (worked, isFinished) = await RunAsync(row.Id, cancellationToken);
                    hasWorked |= worked;
                    isLeft |= !isFinished;
                }
            }

            return hasWorked && isLeft;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends one <see cref="WaitAsync"/>, as the creation of a job does.</summary>
    public void Wake()
    {
        lock (_signal)
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits until a job was created or continued in this process.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _turn.Dispose();
        _signal.Dispose();
    }

    private static IEnumerable<byte[]> LinesOf(ReadOnlyMemory<byte> lines)
    {
        while (lines.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            yield return lines[..end].ToArray();
            lines = lines[(end + 1)..];
        }
    }

    private async ValueTask<(bool HasWorked, bool IsFinished)> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await _rows.FindAsync(id, cancellationToken) is not { } job)
        {
            return (false, true);
        }

        if (!job.IsWhole)
        {
            LogIncomplete(_logger, id);
            return (false, true);
        }

        var run = new SessionJobRun(job, _services);
        var report = await _runner.RunAsync(run, RunStart.Continued, _services.Options.TimeBudget / TurnsInBudget, cancellationToken);
        return (report.RangesWorked > 0, await FinishAsync(job, cancellationToken));
    }

    private async ValueTask<bool> FinishAsync(JobRow job, CancellationToken cancellationToken)
    {
        if (await _runs.FindAsync(SessionJobRun.NameOf(job.Id), cancellationToken) is not { IsFinished: true } run)
        {
            return false;
        }

        for (var retry = NewRetry(); ; await retry.NextAsync(cancellationToken))
        {
            if (await _rows.FindAsync(job.Id, cancellationToken) is not { } row || row.State is JobState.Finished)
            {
                return true;
            }

            var finished = row with { State = JobState.Finished, FinishedAt = run.LastFinishedAt, Ranges = run.Ranges, Tally = run.LastTally };
            if ((await _table.WriteAsync(finished.ToMerge(), cancellationToken)).IsWritten)
            {
                LogFinished(_logger, job.Id, job.Request.Kind, run.LastTally[MaintenanceCount.Matched], run.LastTally[MaintenanceCount.Ended]);
                return true;
            }
        }
    }

    private async Task<SessionJob?> ChangeAsync(JobId id, JobState from, JobState to, CancellationToken cancellationToken)
    {
        for (var retry = NewRetry(); ; await retry.NextAsync(cancellationToken))
        {
            if (await _rows.FindAsync(id, cancellationToken) is not { } row)
            {
                return null;
            }

            if (row.State != from)
            {
                return await _rows.DescribeAsync(row, cancellationToken);
            }

            if ((await _table.WriteAsync((row with { State = to }).ToMerge(), cancellationToken)).IsWritten)
            {
                return await _rows.DescribeAsync(row with { State = to }, cancellationToken);
            }
        }
    }

    private async ValueTask DeleteIfExpiredAsync(JobRow row, CancellationToken cancellationToken)
    {
        if (_services.Time.GetUtcNow() < row.Id.CreatedAt + Retention)
        {
            return;
        }

        // The job goes last, so that an interrupted deletion is repeated.
        await _services.Results.DeleteAsync(row.Id, cancellationToken);
        await _runs.DeleteAsync(SessionJobRun.NameOf(row.Id), cancellationToken);
        _ = await _table.WriteAsync(TableWrite.Delete(JobRow.PartitionKey, row.Id.Key, row.ETag!), cancellationToken); // as read
    }

    private static ConflictRetry NewRetry() => new(timeProvider: null, "The job");

    [LoggerMessage(1930, LogLevel.Information, "The job {Job} ({Kind}) is finished: {Matched} sessions fit, {Ended} were ended")]
    private static partial void LogFinished(ILogger logger, JobId job, JobKind kind, long matched, long ended);

    [LoggerMessage(1931, LogLevel.Error, "The row of the job {Job} lacks a part of its filter, so it is not worked on: something else than this service has written it")]
    private static partial void LogIncomplete(ILogger logger, JobId job);
}
