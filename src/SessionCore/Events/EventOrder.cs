using SessionCore.Storage;

namespace SessionCore.Events;

/// <summary>Order of the events of a partition: that of their times, but never against the order within a session.</summary>
internal static class EventOrder
{
    /// <summary>Orders rows that were read in the order of their keys.</summary>
    /// <param name="rows">The rows: those of a session stand in the order of its versions.</param>
    /// <param name="isWhole">Whether they are all of the partition. If not, an event of several sessions may be preceded by one that is missing, and waits.</param>
    public static IReadOnlyList<EventRow> Of(IReadOnlyList<EventRow> rows, bool isWhole)
    {
        var latest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var ordered = new List<(DateTimeOffset At, int Index, EventRow Row)>(rows.Count);
        foreach (var row in rows.Where(row => !row.IsUserWide))
        {
            // Clocks of instances differ, versions do not.
            var subject = row.Event.Subject ?? row.RowKey;
            var at = latest.TryGetValue(subject, out var before) && before > row.Event.At ? before : row.Event.At;
            latest[subject] = at;
            ordered.Add((at, ordered.Count, row));
        }

        if (isWhole)
        {
            // It ends its sessions, so whatever else they told comes first.
            foreach (var row in rows.Where(row => row.IsUserWide))
            {
                var at = EventData.SidsOf(row.Event).Select(sid => latest.GetValueOrDefault(sid)).Append(row.Event.At).Max();
                ordered.Add((at, ordered.Count, row));
            }
        }

        return [.. ordered.OrderBy(entry => entry.At).ThenBy(entry => entry.Index).Select(entry => entry.Row)];
    }
}
