using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Starts, joins and finishes runs. Instances that start at the same time share one run.</summary>
internal sealed class MaintenanceRuns(MaintenanceStore store)
{
    private const int MaxAttempts = 5;

    /// <summary>Returns the run to work on, and whether it is new.</summary>
    /// <returns>Null when there is nothing to do.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
    public async ValueTask<(RunRow Run, bool IsNew)?> JoinAsync(IMaintenanceJob job, RunStart start, CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider: null, $"The row of the {job.Name}", MaxAttempts); ; await retry.NextAsync(cancellationToken))
        {
            var found = await store.Table.FindAsync(RangeRow.PartitionKey, job.Name, cancellationToken);
            var run = found is null ? null : RunRow.Read(found);
            var now = store.Time.GetUtcNow();
            if (run is not null)
            {
                // A start in the future, from a wrong clock, must not stop the job from running.
                var age = (now - run.StartedAt).Duration();
                if (!run.IsFinished && age < job.JoinWindow)
                {
                    return (run, false);
                }

                // Timers are not exact, and every instance has one.
                var isTooSoon = start switch
                {
                    RunStart.Scheduled => age < job.Interval / 2,
                    RunStart.Due => age < job.Interval,
                    RunStart.Continued => true,
                    _ => false,
                };
                if (isTooSoon)
                {
                    return null;
                }
            }
            else if (start is RunStart.Continued)
            {
                return null;
            }

            var next = new RunRow
            {
                Job = job.Name,

                // Higher than the run id of any range's row, even if this row was lost.
                Id = Math.Max((run?.Id ?? 0) + 1, now.ToUnixTimeMilliseconds()),
                Ranges = job.Ranges,
                StartedAt = now,
                LastStartedAt = run?.LastStartedAt,
                LastFinishedAt = run?.LastFinishedAt,
                LastTally = run?.LastTally ?? new MaintenanceTally(),
                ETag = found?.ETag,
            };
            var result = await store.Table.WriteAsync(next.ToWrite(), cancellationToken);
            if (result.IsWritten)
            {
                return (next with { ETag = result.ETag }, true);
            }

            // Another instance has started the run, or this one has and the answer was lost: the next attempt joins it.
        }
    }

    /// <summary>Inserts the first run of a job that has none, to be continued by <see cref="RunStart.Continued"/>.</summary>
    /// <exception cref="StoreUnavailableException">It may be inserted.</exception>
    public async ValueTask BeginAsync(IMaintenanceJob job, CancellationToken cancellationToken)
    {
        var now = store.Time.GetUtcNow();
        var run = new RunRow { Job = job.Name, Id = now.ToUnixTimeMilliseconds(), Ranges = job.Ranges, StartedAt = now };
        _ = await store.Table.WriteAsync(run.ToWrite(), cancellationToken);
    }

    /// <summary>Finds the latest run of a job; null when there is none.</summary>
    public async ValueTask<RunRow?> FindAsync(string job, CancellationToken cancellationToken) =>
        await store.Table.FindAsync(RangeRow.PartitionKey, job, cancellationToken) is { } row ? RunRow.Read(row) : null;

    /// <summary>Reads the ranges of a run that have been taken.</summary>
    public async ValueTask<IReadOnlyList<RangeRow>> RangesAsync(RunRow run, CancellationToken cancellationToken)
    {
        var ranges = new List<RangeRow>();
        var query = RangeRow.QueryOf(run.Job);
        do
        {
            var page = await store.Table.QueryAsync(query, cancellationToken);
            ranges.AddRange(page.Rows
                .Select(row => RangeRow.Read(row, run.Job))
                .OfType<RangeRow>()
                .Where(range => range.RunId == run.Id && range.Index < run.Ranges));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return ranges;
    }

    /// <summary>Deletes the rows of a job: its run and its ranges.</summary>
    public async ValueTask DeleteAsync(string job, CancellationToken cancellationToken)
    {
        var rows = new List<TableRow>();
        var query = RangeRow.QueryOf(job);
        do
        {
            var page = await store.Table.QueryAsync(query, cancellationToken);
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        if (await store.Table.FindAsync(RangeRow.PartitionKey, job, cancellationToken) is { } run)
        {
            rows.Add(run);
        }

        foreach (var row in rows)
        {
            _ = await store.Table.WriteAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!), cancellationToken); // as read
        }
    }

    /// <summary>Finishes a run when all its ranges are done.</summary>
    /// <returns>The counts of all ranges, and whether the run is finished.</returns>
    public async ValueTask<(MaintenanceTally Tally, bool IsThrough)> FinishAsync(RunRow run, CancellationToken cancellationToken)
    {
        var (tally, done) = await SumAsync(run, cancellationToken);
        if (done < run.Ranges)
        {
            return (tally, false);
        }

        await CloseAsync(run, tally, cancellationToken);
        return (tally, true);
    }

    /// <summary>Marks a run as finished.</summary>
    public async ValueTask CloseAsync(RunRow run, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var closed = run with { IsFinished = true, LastStartedAt = run.StartedAt, LastFinishedAt = store.Time.GetUtcNow(), LastTally = tally };

        // If the row has changed, another instance has finished this run or started the next.
        _ = await store.Table.WriteAsync(closed.ToWrite(), cancellationToken);
    }

    /// <summary>Adds up the current counts of a run's ranges.</summary>
    public async ValueTask<(MaintenanceTally Tally, int Done)> SumAsync(RunRow run, CancellationToken cancellationToken)
    {
        var tally = new MaintenanceTally();
        var done = 0;
        foreach (var range in await RangesAsync(run, cancellationToken))
        {
            tally.Add(range.Tally);
            done += range.IsDone ? 1 : 0;
        }

        return (tally, done);
    }
}

/// <summary>Row of a job: its latest run, and the counts of the last finished one.</summary>
internal sealed record RunRow
{
    public required string Job { get; init; }

    /// <summary>Gets the number of the run. Within a run each range is done once.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the number of ranges, which also applies to instances with other options.</summary>
    public required int Ranges { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public bool IsFinished { get; init; }

    /// <summary>Gets when the last finished run started; null when none has finished.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    public DateTimeOffset? LastFinishedAt { get; init; }

    public MaintenanceTally LastTally { get; init; } = new();

    public string? ETag { get; init; }

    public static RunRow? Read(TableRow row) =>
        row.GetInt64("run") is { } id && row.GetTime("started") is { } started && row.GetInt64("ranges") is >= 1 and <= ShardRange.Shards and var ranges
            ? new RunRow
            {
                Job = row.RowKey,
                Id = id,
                Ranges = (int)ranges,
                StartedAt = started,
                IsFinished = row.GetBoolean("finished") ?? false,
                LastStartedAt = row.GetTime("lastStarted"),
                LastFinishedAt = row.GetTime("lastFinished"),
                LastTally = MaintenanceTally.Read(row),
                ETag = row.ETag,
            }
            : null;

    public TableRow ToRow() => LastTally.WriteTo(new TableRow(RangeRow.PartitionKey, Job)
        .Set("run", Id)
        .Set("ranges", Ranges)
        .Set("started", StartedAt)
        .Set("finished", IsFinished)
        .Set("lastStarted", LastStartedAt)
        .Set("lastFinished", LastFinishedAt));

    public TableWrite ToWrite() => ETag is null ? TableWrite.Insert(ToRow()) : TableWrite.Replace(ToRow(), ETag);
}
