using System.Runtime.CompilerServices;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Reader of the sessions table by user, without bodies.</summary>
internal sealed class UserPages(SessionTables tables)
{
    private static readonly IReadOnlyList<string> Outline = [.. UserRows.Outline.Union(IdempotencyClaims.Outline, StringComparer.Ordinal).Union(KeyRow.Outline, StringComparer.Ordinal).Union(AuditHead.Outline, StringComparer.Ordinal)];

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads whole partitions; a partition that a page splits comes with the next.</summary>
    /// <param name="from">The first partition; null for the beginning.</param>
    /// <param name="to">The end of the range, exclusive.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Lists of partitions in their order; none is empty.</returns>
    public async IAsyncEnumerable<IReadOnlyList<UserGroup>> ReadAsync(
        string? from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionFrom = from, PartitionTo = to, PageSize = TableRules.MaxPageRows, Select = Outline };
        var open = new List<TableRow>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            var whole = new List<UserGroup>();
            foreach (var row in page.Rows)
            {
                if (open.Count > 0 && open[0].PartitionKey != row.PartitionKey)
                {
                    whole.Add(new UserGroup(open[0].PartitionKey, open));
                    open = [];
                }

                open.Add(row);
            }

            query = query with { Continuation = page.Continuation };
            if (query.Continuation is null && open.Count > 0)
            {
                whole.Add(new UserGroup(open[0].PartitionKey, open));
            }

            if (whole.Count > 0)
            {
                yield return whole;
            }
        }
        while (query.Continuation is not null);
    }

    /// <summary>Reads one partition.</summary>
    public async ValueTask<UserGroup> ReadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = partitionKey, Select = Outline };
        var rows = new List<TableRow>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            rows.AddRange(page.Rows);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return new UserGroup(partitionKey, rows);
    }
}

/// <summary>The rows of one partition, without bodies.</summary>
/// <param name="PartitionKey">The partition; a user's or a foreign one.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record UserGroup(string PartitionKey, IReadOnlyList<TableRow> Rows);
