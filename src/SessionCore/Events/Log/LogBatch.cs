using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Cuts events into transactions.</summary>
internal static class LogBatch
{
    // The head is one of the rows of the transaction.
    private const int MaxRows = TableRules.MaxTransactionRows - 1;

    /// <summary>Returns the events of the next transaction. Those of one change stay together, so a reader that finds one of them has all.</summary>
    public static IReadOnlyList<EventRow> First(IReadOnlyList<EventRow> rows)
    {
        if (rows.Count <= MaxRows)
        {
            return rows;
        }

        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            last[rows[i].NoticeId] = i;
        }

        var (cut, reach) = (0, 0);
        for (var i = 0; i < MaxRows; i++)
        {
            reach = Math.Max(reach, last[rows[i].NoticeId]);
            cut = reach == i ? i + 1 : cut;
        }

        // A change is one transaction, so its events fit into one.
        return cut > 0 ? [.. rows.Take(cut)] : [.. rows.Where(row => row.NoticeId == rows[0].NoticeId)];
    }
}
