using System.Globalization;
using SessionChecking.Histories;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChecking.Faults;

/// <summary>
/// Gives a user's rows on small pages, with time for others between them. Keys are random, so any order of rows may be the
/// order of the table; here it is the order in which they came, the head last, so that a seed always meets the same one.
/// </summary>
internal sealed class PagedTable(ITable inner, int? pageRows, Names names) : ITable
{
    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.FindAsync(partitionKey, rowKey, cancellationToken);

    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        // The purge reads a part of the rows, and relies on the order of their keys.
        if (query.PartitionKey is null || query.RowTo is not null)
        {
            return await inner.QueryAsync(query, cancellationToken);
        }

        var most = pageRows ?? int.MaxValue;
        var after = query.Continuation is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var page = await inner.QueryAsync(query with { Continuation = null }, cancellationToken);
        var rest = page.Rows.Where(row => RankOf(row) > after).OrderBy(RankOf).ToArray();
        return rest.Length <= most
            ? new TablePage(rest, Continuation: null)
            : new TablePage(rest[..most], RankOf(rest[most - 1]).ToString(CultureInfo.InvariantCulture));
    }

    public ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
        inner.WriteAsync(write, cancellationToken);

    public ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        inner.WriteAllAsync(writes, cancellationToken);

    private int RankOf(TableRow row) =>
        SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var session) ? names.NumberOf(session) : int.MaxValue;
}
