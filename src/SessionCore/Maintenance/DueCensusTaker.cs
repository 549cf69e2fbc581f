using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Reader of the census: which rows have due entries.</summary>
internal sealed class DueCensusTaker(DuePages pages, SessionTables tables, TimeProvider timeProvider)
{
    // About 40 MB. A single shard with more rows exceeds it.
    private const int MaxRows = 1_000_000;

    private readonly ITable _due = tables.Due;

    /// <summary>Takes the census of a range of shards, or of its first part if the range has very many rows.</summary>
    /// <returns>The census, and the first shard that it does not cover.</returns>
    public async ValueTask<(DueCensus Census, int End)> TakeAsync(int first, int end, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Hours are read in order, and the purge moves entries forward only, inserting before deleting, so no entry is missed.
            var census = new DueCensus(timeProvider.GetUtcNow());
            var fits = true;
            await foreach (var page in pages.ReadAsync(first, end, DuePages.AfterHours, user: null, cancellationToken))
            {
                Add(census, page);
                fits = census.Count <= MaxRows || end - first == 1;
                if (!fits)
                {
                    break;
                }
            }

            if (fits)
            {
                return (census, end);
            }

            end = first + ((end - first) / 2);
        }
    }

    /// <summary>Takes the census of one user: first in the hours in which the rows are due, then in the others.</summary>
    /// <param name="partition">The user.</param>
    /// <param name="rows">The user's rows and when they are due.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<DueCensus> TakeAsync(
        UInt128 partition, IReadOnlyDictionary<string, DateTimeOffset> rows, CancellationToken cancellationToken)
    {
        var census = new DueCensus(timeProvider.GetUtcNow());
        var partitionKey = SessionLocator.Hex(partition);
        foreach (var due in rows.Values.Select(due => DueTable.PartitionOf(due, partitionKey)).Distinct(StringComparer.Ordinal))
        {
            await AddAsync(census, due, partitionKey, cancellationToken);
        }

        if (IsWhole())
        {
            return census;
        }

        var shard = (int)(partition >> 120);
        await foreach (var page in pages.ReadAsync(shard, shard + 1, DuePages.AfterHours, partitionKey, cancellationToken))
        {
            Add(census, page);
            if (IsWhole())
            {
                break;
            }
        }

        return census;

        bool IsWhole() => rows.Keys.All(row => census.Contains(partition, row));
    }

    private static void Add(DueCensus census, IReadOnlyList<TableRow> page)
    {
        foreach (var entry in page.Select(DueEntry.Read).OfType<DueEntry>())
        {
            census.Add(entry.Partition, entry.RowKey);
        }
    }

    private async ValueTask AddAsync(DueCensus census, string due, string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = due, RowFrom = partitionKey, RowTo = partitionKey + "~" };
        do
        {
            var page = await _due.QueryAsync(query, cancellationToken);
            Add(census, page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }
}
