using System.Runtime.CompilerServices;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Reads the due table hour by hour, skipping the hours that have no entries: what it costs follows what is there.</summary>
internal sealed class DuePages(SessionTables tables)
{
    /// <summary>After every hour, and before what is put aside.</summary>
    public const string AfterHours = ":";

    private const int PageRows = 500;

    private readonly ITable _due = tables.Due;

    /// <summary>The first entry before a partition; null when there is none.</summary>
    public ValueTask<TableRow?> FirstAsync(string before, CancellationToken cancellationToken) => FirstAsync(from: null, before, cancellationToken);

    /// <summary>Reads the entries of some shards in the order of their hours.</summary>
    /// <param name="first">The first shard.</param>
    /// <param name="end">The first shard that counts no more.</param>
    /// <param name="before">The partition to stop at, such as an hour.</param>
    /// <param name="user">Only entries of this partition of the sessions table; null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Pages; none is empty. An entry in a partition that is none of ours comes by itself, and to whoever has shard 0.</returns>
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

                // A space is the first character that a key can go on with.
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

    /// <summary>Reads partitions from one to before another.</summary>
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

    // '.' follows '-': after every shard of the hour.
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

/// <summary>An entry of the due table, read: which row to look at.</summary>
/// <param name="Row">The entry itself.</param>
/// <param name="Partition">The partition of the row it is for.</param>
/// <param name="RowKey">The key of that row.</param>
internal sealed record DueEntry(TableRow Row, UInt128 Partition, string RowKey)
{
    private const int PartitionChars = 32;

    public string PartitionKey => Row.RowKey[..PartitionChars];

    /// <summary>Reads an entry.</summary>
    /// <returns>Null when it leads to no row.</returns>
    public static DueEntry? Read(TableRow row) =>
        row.RowKey.Length > PartitionChars && SessionLocator.TryParseHex(row.RowKey.AsSpan(0, PartitionChars), out var partition)
            ? new DueEntry(row, partition, row.RowKey[PartitionChars..])
            : null;

    /// <summary>The write that removes it.</summary>
    public TableWrite Removal() => RemovalOf(Row);

    public static TableWrite RemovalOf(TableRow row) => TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!);
}
