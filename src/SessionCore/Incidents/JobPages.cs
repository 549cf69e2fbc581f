using System.Runtime.CompilerServices;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Rows that a job looks at: those of a range of the table, or those of the users of its filter.</summary>
internal sealed class JobPages(SessionTables tables)
{
    private const int UsersAtOnce = 16;

    // A page is in memory at once; rows with content are up to 36 KB.
    private const int RowsWithContent = 200;

    private const char Separator = ' ';

    // Sorts after every row of a partition.
    private const string WholePartition = "~";

    private const int CheckpointDigits = 8;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Returns which part of a range lies before a checkpoint: 0 to 1.</summary>
    public static double PartOf(ShardRange range, string? checkpoint)
    {
        if (checkpoint is null || checkpoint.Length < CheckpointDigits || !uint.TryParse(checkpoint.AsSpan(0, CheckpointDigits), System.Globalization.NumberStyles.AllowHexSpecifier, provider: null, out var at))
        {
            return 0;
        }

        const double users = 1L << 32;
        return Math.Clamp(((at / users * ShardRange.Shards) - range.First) / (range.End - range.First), 0, 1);
    }

    /// <summary>Reads the rows of sessions after a checkpoint.</summary>
    /// <param name="range">The range.</param>
    /// <param name="checkpoint">That of the last page that was worked on; null for the beginning.</param>
    /// <param name="users">The users to look at; null for all.</param>
    /// <param name="withEnded">Whether rows of ended sessions are wanted as well.</param>
    /// <param name="withContent">Whether the content is wanted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public IAsyncEnumerable<JobPage> ReadAsync(
        ShardRange range, string? checkpoint, IReadOnlyList<UInt128>? users, bool withEnded, bool withContent, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            RowFrom = SessionLocator.RowPrefix,
            RowTo = UserRowsReader.AfterSessions,
            WhereName = withEnded ? null : SessionRow.State,
            WhereValue = withEnded ? null : SessionRow.Live,
            PageSize = withContent ? RowsWithContent : TableRules.MaxPageRows,
            Select = withContent ? null : SessionRow.Outline,
        };
        return users is null ? ScanAsync(range, checkpoint, query, cancellationToken) : OfUsersAsync(range, checkpoint, users, query, cancellationToken);
    }

    private async IAsyncEnumerable<JobPage> ScanAsync(
        ShardRange range, string? checkpoint, TableQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (partition, row) = checkpoint?.Split(Separator) is [var first, var second] ? (first, second) : (range.UsersFrom, "");
        query = query with { PartitionFrom = partition, PartitionTo = range.UsersTo };
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            if (page.Rows is [.., var last])
            {
                yield return new JobPage(
                    [.. page.Rows.Where(it => it.PartitionKey != partition || string.CompareOrdinal(it.RowKey, row) > 0)],
                    $"{last.PartitionKey}{Separator}{last.RowKey}");
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }

    private async IAsyncEnumerable<JobPage> OfUsersAsync(
        ShardRange range, string? checkpoint, IReadOnlyList<UInt128> users, TableQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = users
            .Where(user => (int)(user >> 120) is var shard && shard >= range.First && shard < range.End)
            .Select(SessionLocator.Hex)
            .Where(partition => checkpoint is null || string.CompareOrdinal(partition, checkpoint.Split(Separator)[0]) > 0);
        foreach (var some in rest.Chunk(UsersAtOnce))
        {
            var rows = await Task.WhenAll(some.Select(partition => OfUserAsync(query with { PartitionKey = partition }, cancellationToken)));
            yield return new JobPage([.. rows.SelectMany(row => row)], $"{some[^1]}{Separator}{WholePartition}");
        }
    }

    private async Task<List<TableRow>> OfUserAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var rows = new List<TableRow>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return rows;
    }
}

/// <summary>Rows of sessions.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Checkpoint">Where the next page begins.</param>
internal sealed record JobPage(IReadOnlyList<TableRow> Rows, string Checkpoint);
