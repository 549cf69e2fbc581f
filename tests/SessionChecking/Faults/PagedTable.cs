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
    // What a query of all session rows of a user ends with.
    private const string AfterSessions = "s`";

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.FindAsync(partitionKey, rowKey, cancellationToken);

    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        if (query.PartitionKey is null)
        {
            return await inner.QueryAsync(query, cancellationToken);
        }

        if (query is { PageSize: { } listed, RowTo: AfterSessions })
        {
            return await ListAsync(query, listed, cancellationToken);
        }

        if (query.PageSize is { } size)
        {
            return await CutAsync(query, size, cancellationToken);
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

    // A page of a list begins after the key of the last one's last row, and a blank.
    private async ValueTask<TablePage> ListAsync(TableQuery query, int size, CancellationToken cancellationToken)
    {
        var after = query.RowFrom is [.. var key, ' '] ? RankOf(new TableRow(query.PartitionKey!, key)) : 0;
        var page = await inner.QueryAsync(query with { RowFrom = null, RowTo = null, PageSize = null }, cancellationToken);
        var rest = page.Rows.Where(row => RankOf(row) is < int.MaxValue and var rank && rank > after).OrderBy(RankOf).ToArray();
        var most = Math.Min(size, pageRows ?? size);
        return rest.Length <= most ? new TablePage(rest, Continuation: null) : new TablePage(rest[..most], "more");
    }

    // The purge reads from one random key to another, in the order of keys. How many other rows lie between them is chance, so the whole
    // partition is read, which is the same each time, and cut here. A page that ends within the rows would end at a random one.
    private async ValueTask<TablePage> CutAsync(TableQuery query, int size, CancellationToken cancellationToken)
    {
        var page = await inner.QueryAsync(query with { RowFrom = null, RowTo = null, PageSize = null }, cancellationToken);
        if (page.Continuation is not null || page.Rows.Count > size)
        {
            throw new NotSupportedException($"A history depends on the order of random keys: {page.Rows.Count} rows of a user do not fit on a page of {size}.");
        }

        return page with { Rows = [.. page.Rows.Where(row => IsWithin(row.RowKey, query))] };
    }

    private static bool IsWithin(string rowKey, TableQuery query) =>
        (query.RowFrom is null || string.CompareOrdinal(rowKey, query.RowFrom) >= 0)
        && (query.RowTo is null || string.CompareOrdinal(rowKey, query.RowTo) < 0);

    private int RankOf(TableRow row) =>
        SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var session) ? names.NumberOf(session) : int.MaxValue;
}
