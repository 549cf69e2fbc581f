using SessionCore.Tables;

namespace Support.Tables;

/// <summary>One page of a query over sorted rows.</summary>
internal static class TableScan
{
    // Before the text of the continuation: whether an empty page is due first.
    private const char Rows = 'r';
    private const char EmptyPage = 'e';

    public static TablePage Page(List<TableRow> rows, TableQuery query, bool emptyPages, int scanLimit)
    {
        var start = query.Continuation is null
            ? IndexFrom(rows, query.PartitionKey ?? query.PartitionFrom ?? string.Empty, string.Empty)
            : IndexOf(rows, query.Continuation);
        var emptyFirst = emptyPages && query.Continuation?[0] is not Rows;

        var page = new List<TableRow>();
        for (var i = start; i < rows.Count && IsBeforeEnd(rows[i], query); i++)
        {
            if (i - start == scanLimit)
            {
                return new TablePage(page, Rows + TableContinuation.Encode(rows[i].PartitionKey, rows[i].RowKey));
            }

            if (!Matches(rows[i], query))
            {
                continue;
            }

            if (emptyFirst || page.Count == (query.PageSize ?? TableRules.MaxPageRows))
            {
                var kind = emptyPages && !emptyFirst ? EmptyPage : Rows;
                return new TablePage(page, kind + TableContinuation.Encode(rows[i].PartitionKey, rows[i].RowKey));
            }

            page.Add(TableRowCopy.Selected(rows[i], rows[i].ETag, query.Select));
        }

        return new TablePage(page, Continuation: null);
    }

    private static int IndexOf(List<TableRow> rows, string continuation)
    {
        if (continuation.Length == 0 || continuation[0] is not (Rows or EmptyPage))
        {
            throw new ArgumentException("Malformed continuation token. Allowed: the continuation of a page.", nameof(continuation));
        }

        var (partitionKey, rowKey) = TableContinuation.Decode(continuation[1..]);
        return IndexFrom(rows, partitionKey, rowKey ?? string.Empty);
    }

    private static int IndexFrom(List<TableRow> rows, string partitionKey, string rowKey)
    {
        var index = rows.BinarySearch(new TableRow(partitionKey, rowKey), TableRowOrder.Instance);
        return index < 0 ? ~index : index;
    }

    private static bool IsBeforeEnd(TableRow row, TableQuery query) => query.PartitionKey is not null
        ? row.PartitionKey == query.PartitionKey
        : query.PartitionTo is null || string.CompareOrdinal(row.PartitionKey, query.PartitionTo) < 0;

    private static bool Matches(TableRow row, TableQuery query) =>
        (query.RowFrom is null || string.CompareOrdinal(row.RowKey, query.RowFrom) >= 0)
        && (query.RowTo is null || string.CompareOrdinal(row.RowKey, query.RowTo) < 0)
        && (query.WhereName is null || row.GetString(query.WhereName) == query.WhereValue);
}
