using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Events;

/// <summary>The promises that are judged when a history of events has ended; <see cref="EventTruth"/> judges each write.</summary>
internal static class EventRules
{
    /// <summary>Every event of a committed change arrives at least once.</summary>
    public static IEnumerable<string> Undelivered(EventTruth truth, IReadOnlyList<SessionEvent> got)
    {
        var ids = got.Select(told => told.Id).ToHashSet(StringComparer.Ordinal);
        return truth.Events.Values.Where(row => !ids.Contains(row.Event.Id)).Select(row => $"{row.Event.Type} of {row.RowKey} was never delivered");
    }

    /// <summary>Events of a session arrive in the order of its versions. A repetition may come late; what counts is when an event came first.</summary>
    public static IEnumerable<string> OutOfOrder(IReadOnlyList<SessionEvent> got)
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var told in got.DistinctBy(told => told.Id, StringComparer.Ordinal).Where(told => told.Type != SessionEventTypes.RevokedBefore))
        {
            var version = EventTruth.VersionOf(told);
            foreach (var sid in EventTruth.SidsOf(told))
            {
                if (last.GetValueOrDefault(sid) > version)
                {
                    yield return $"{told.Type} of version {version} came after version {last[sid]}";
                }

                last[sid] = version;
            }
        }
    }

    /// <summary>The audit has every event of a committed change once, and no other.</summary>
    public static IEnumerable<string> Unrecorded(EventTruth truth, IReadOnlyList<TableRow> rows)
    {
        var recorded = rows.Select(AuditRow.Read).OfType<AuditRow>().CountBy(link => link.Event.Id).ToDictionary(StringComparer.Ordinal);
        return truth.Events.Values.Where(row => recorded.GetValueOrDefault(row.Event.Id) != 1)
            .Select(row => $"{row.Event.Type} was recorded {recorded.GetValueOrDefault(row.Event.Id)} times")
            .Concat(recorded.Keys.Where(id => !truth.Events.ContainsKey(id)).Select(id => $"{id} was recorded without a change"));
    }
}
