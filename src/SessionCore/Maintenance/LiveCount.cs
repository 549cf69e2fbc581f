using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>The count of live sessions: set by each rebuild, and kept by the increments that instances add from time to time.</summary>
/// <remarks>
/// No request waits for it. What an instance has not added when it dies is lost, and so is what changes behind a rebuild under way; the next
/// rebuild counts anew. A session that has lapsed counts until the purge has deleted its row.
/// </remarks>
internal sealed class LiveCount(MaintenanceStore store, LiveDelta delta)
{
    private const string RowKey = "live";
    private const string Run = "run";
    private const string Count = "count";
    private const string Counted = "counted";
    private const string Hours = "hours";
    private const int MaxAttempts = 5;

    /// <summary>Reads the count, null before the first rebuild is through, and what has begun and ended in the last hours.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
    public async ValueTask<(LiveSessionCount? Count, IReadOnlyList<SessionHour> Hours)> ReadAsync(CancellationToken cancellationToken)
    {
        var row = await FindAsync(cancellationToken);
        return (
            row?.GetTime(Counted) is { } at ? new LiveSessionCount(Math.Max(0, row.GetInt64(Count) ?? 0), at) : null,
            HourCounts.Read(row?.GetBinary(Hours)).UpTo(store.Time.GetUtcNow()));
    }

    /// <summary>Sets the count to what a rebuild has found. Of several instances that finish a run together, one does.</summary>
    /// <exception cref="StoreUnavailableException">It is not known whether it is set.</exception>
    public async ValueTask SetAsync(long runId, long count, CancellationToken cancellationToken)
    {
        for (var retry = NewRetry(); ; await retry.NextAsync(cancellationToken))
        {
            var found = await FindAsync(cancellationToken);
            if (found?.GetInt64(Run) >= runId)
            {
                return;
            }

            // The rebuild has seen most of it, but has not counted it by the hour.
            var change = delta.Take();
            var row = new TableRow(RangeRow.PartitionKey, RowKey)
                .Set(Run, runId)
                .Set(Count, count)
                .Set(Counted, store.Time.GetUtcNow())
                .Set(Hours, HoursOf(found, change));
            if ((await store.Table.WriteAsync(found is null ? TableWrite.Insert(row) : TableWrite.Replace(row, found.ETag!), cancellationToken)).IsWritten)
            {
                return;
            }

            delta.Add(change);
        }
    }

    /// <summary>Adds the increment of this process. Costs nothing while there is none.</summary>
    /// <exception cref="StoreUnavailableException">It is not added; the next call does.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var change = delta.Take();
        if (change == default)
        {
            return;
        }

        try
        {
            await AddAsync(change, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            delta.Add(change);
            throw;
        }
    }

    private async ValueTask AddAsync(LiveChange change, CancellationToken cancellationToken)
    {
        for (var retry = NewRetry(); ; await retry.NextAsync(cancellationToken))
        {
            var found = await FindAsync(cancellationToken);
            var row = new TableRow(RangeRow.PartitionKey, RowKey).Set(Hours, HoursOf(found, change));
            if (found?.GetTime(Counted) is not null)
            {
                // Before the first rebuild there is no count that it would belong to.
                row.Set(Count, (found.GetInt64(Count) ?? 0) + change.Net);
            }

            if ((await store.Table.WriteAsync(found is null ? TableWrite.Insert(row) : TableWrite.Merge(row, found.ETag!), cancellationToken)).IsWritten)
            {
                return;
            }
        }
    }

    private byte[] HoursOf(TableRow? found, LiveChange change) =>
        HourCounts.Read(found?.GetBinary(Hours)).With(change, store.Time.GetUtcNow()).ToBytes();

    private static ConflictRetry NewRetry() => new(timeProvider: null, "The count of live sessions", MaxAttempts);

    private ValueTask<TableRow?> FindAsync(CancellationToken cancellationToken) => store.Table.FindAsync(RangeRow.PartitionKey, RowKey, cancellationToken);
}

/// <summary>Number of live sessions.</summary>
/// <param name="Live">The number.</param>
/// <param name="CountedAt">When a rebuild counted them last.</param>
public sealed record LiveSessionCount(long Live, DateTimeOffset CountedAt);
