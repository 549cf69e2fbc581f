using System.Runtime.CompilerServices;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Reads the due table hour by hour and skips hours without entries, so the cost follows the number of entries.</summary>
internal sealed class DuePages(SessionTables tables)
{
    /// <summary>Sorts after every hour and before the quarantine.</summary>
    public const string AfterHours = ":";

    private const int PageRows = 500;

    private readonly ITable _due = tables.Due;

    /// <summary>Returns the first entry before a partition; null when there is none.</summary>
    public ValueTask<TableRow?> FirstAsync(string before, CancellationToken cancellationToken) => FirstAsync(from: null, before, cancellationToken);

    /// <summary>Reads the entries of a range of shards in the order of their hours.</summary>
    /// <param name="first">The first shard.</param>
    /// <param name="end">The end of the range, exclusive.</param>
    /// <param name="before">The partition to stop at, exclusive, such as an hour.</param>
    /// <param name="user">Only entries of this partition of the sessions table; null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Pages; none is empty. An entry in a foreign partition is a page of its own and belongs to shard 0.</returns>
    public async IAsyncEnumerable<IReadOnlyList<TableRow>> ReadAsync(
        int first, int end, string before, string? user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? from = null;
        while (await FirstAsync(from, before, cancellationToken) is { } next)
        {
            var partition = next.PartitionKey;
            if (!DueTable.TryReadPartition(partition, out var time, out var shard))
            {
                if (first == 0)
                {
                    yield return [next];
                }

                // The space is the lowest character that a key can continue with.
                from = partition + " ";
                continue;
            }

            var hour = DueTable.HourOf(time);
            if (shard < end)
            {
                await foreach (var page in PagesAsync(Key(hour, Math.Max(shard, first)), Key(hour, end), user, cancellationToken))
                {
                    yield return page;
                }
            }

            from = Key(hour, ShardRange.Shards);
        }
    }

    /// <summary>Reads a range of partitions, excluding its end.</summary>
    public IAsyncEnumerable<IReadOnlyList<TableRow>> PagesAsync(string from, string to, CancellationToken cancellationToken) =>
        PagesAsync(from, to, user: null, cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<TableRow>> PagesAsync(
        string from, string to, string? user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionFrom = from,
            PartitionTo = to,
            RowFrom = user,
            RowTo = user is null ? null : user + "~",
            PageSize = PageRows,
        };
        do
        {
            var page = await _due.QueryAsync(query, cancellationToken);
            if (page.Rows.Count > 0)
            {
                yield return page.Rows;
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }

    // '.' sorts after '-', so this is after every shard of the hour.
    private static string Key(string hour, int shard) =>
        shard >= ShardRange.Shards ? hour + "." : string.Concat(hour, "-", ShardRange.NameOf(shard));

    private async ValueTask<TableRow?> FirstAsync(string? from, string before, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionFrom = from, PartitionTo = before, PageSize = 1 };
        do
        {
            var page = await _due.QueryAsync(query, cancellationToken);
            if (page.Rows.Count > 0)
            {
                return page.Rows[0];
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return null;
    }
}

/// <summary>Parsed entry of the due table: the row to examine.</summary>
/// <param name="Row">The row of the entry.</param>
/// <param name="Partition">The partition of the row to examine.</param>
/// <param name="RowKey">The row key of the row to examine.</param>
internal sealed record DueEntry(TableRow Row, UInt128 Partition, string RowKey)
{
    private const int PartitionChars = 32;

    public string PartitionKey => Row.RowKey[..PartitionChars];

    /// <summary>Reads an entry.</summary>
    /// <returns>Null when the entry is malformed.</returns>
    public static DueEntry? Read(TableRow row) =>
        row.RowKey.Length > PartitionChars && SessionLocator.TryParseHex(row.RowKey.AsSpan(0, PartitionChars), out var partition)
            ? new DueEntry(row, partition, row.RowKey[PartitionChars..])
            : null;

    /// <summary>Returns the write that deletes the entry.</summary>
    public TableWrite Removal() => RemovalOf(Row);

    public static TableWrite RemovalOf(TableRow row) => TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!);
}
