using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Reader of the rows of jobs, and of what their ranges tell of their progress.</summary>
internal sealed class JobRows(JobServices services, MaintenanceRuns runs, CacheSealer sealer)
{
    private readonly ITable _table = services.Tables.Sessions;

    /// <summary>Returns the write of a new job.</summary>
    public TableWrite Insertion(JobRow row) => row.ToInsert(sealer);

    /// <summary>Reads a job; null when there is none.</summary>
    public async ValueTask<JobRow?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(JobRow.PartitionKey, id.Key, cancellationToken) is { } row ? JobRow.Read(row, sealer) : null;

    /// <summary>Reads all jobs without their users, newest first.</summary>
    public async ValueTask<IReadOnlyList<JobRow>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<JobRow>();
        var query = JobRow.Query;
        do
        {
            var page = await _table.QueryAsync(query, cancellationToken);
            jobs.AddRange(page.Rows.Select(row => JobRow.Read(row, sealer)).OfType<JobRow>());
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return jobs;
    }

    /// <summary>Returns a job with its progress.</summary>
    public async Task<SessionJob> DescribeAsync(JobRow row, CancellationToken cancellationToken) => new()
    {
        Id = row.Id,
        Request = row.Request with { Filter = row.Request.Filter with { Users = null } },
        UserCount = row.UserCount,
        State = row.State,
        FinishedAt = row.FinishedAt,
        Progress = row.State is JobState.Finished
            ? JobProgress.Of(row.Tally, row.Ranges, row.Ranges, part: 1, (row.FinishedAt ?? row.Id.CreatedAt) - row.Id.CreatedAt)
            : await ProgressAsync(row, cancellationToken),
    };

    private async ValueTask<JobProgress> ProgressAsync(JobRow row, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(SessionJobRun.NameOf(row.Id), cancellationToken) is not { } run)
        {
            return new JobProgress();
        }

        var ranges = await runs.RangesAsync(run, cancellationToken);
        var tally = new MaintenanceTally();
        var part = 0.0;
        foreach (var range in ranges)
        {
            tally.Add(range.Tally);
            part += range.IsDone ? 1 : JobPages.PartOf(new ShardRange(range.Index, run.Ranges), range.Checkpoint);
        }

        return JobProgress.Of(tally, run.Ranges, ranges.Count(range => range.IsDone), part / run.Ranges, services.Time.GetUtcNow() - row.Id.CreatedAt);
    }
}
