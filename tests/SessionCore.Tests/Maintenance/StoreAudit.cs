using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>Invariants of the tables.</summary>
internal static class StoreAudit
{
    /// <summary>Each head says exactly how many live rows its user has, and no live row is without.</summary>
    public static void HeadsAreExact(IEnumerable<TableRow> sessions)
    {
        foreach (var user in sessions.Where(row => SessionLocator.TryParseHex(row.PartitionKey, out _)).GroupBy(row => row.PartitionKey))
        {
            var live = user.Select(SessionRow.Read).OfType<Session>().Count(session => !session.IsEnded);
            var head = user.SingleOrDefault(row => row.RowKey == "u_" + user.Key);
            Assert.Equal(live, head?.GetInt64("count") ?? 0);
            Assert.True(live == 0 || head is not null);
        }
    }

    /// <summary>Each row has an entry that is processed no later than the row is due.</summary>
    public static void EveryRowHasAnEntry(IEnumerable<TableRow> sessions, IEnumerable<TableRow> due, TimeSpan retention)
    {
        var entries = due.ToLookup(entry => entry.RowKey, entry => entry.PartitionKey);
        foreach (var row in sessions)
        {
            if (DueAt(row, retention) is { } time)
            {
                Assert.Contains(
                    entries[row.PartitionKey + row.RowKey],
                    partition => string.CompareOrdinal(partition, DueTable.PartitionOf(time, row.PartitionKey)) <= 0);
            }
        }
    }

    /// <summary>Returns when a row is due, if it is genuine.</summary>
    public static DateTimeOffset? DueAt(TableRow row, TimeSpan retention) => DueRules.DueAt(Examined(row), retention);

    private static ExaminedRow Examined(TableRow row) => new(row, SessionRow.Read(row), IdempotencyClaims.ExpiryOf(row));

    /// <summary>Nothing whose hour is over for as long as the grace is left, neither row nor entry.</summary>
    public static void NothingExpiredIsLeft(IEnumerable<TableRow> sessions, IEnumerable<TableRow> due, TimeSpan retention, DateTimeOffset cutoff)
    {
        var hour = DueTable.HourOf(cutoff);
        Assert.DoesNotContain(due, entry => string.CompareOrdinal(entry.PartitionKey, hour) < 0);
        Assert.DoesNotContain(
            sessions,
            row => DueAt(row, retention) is { } time && string.CompareOrdinal(DueTable.HourOf(time), hour) < 0);
    }
}
