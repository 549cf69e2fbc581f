using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>What rows of keys and sessions say, for faults that look into writes.</summary>
internal static class KeyRows
{
    /// <summary>The session that a row of a key names; null for any other row.</summary>
    public static SessionLocator? SessionOf(TableRow row) => KeyRow.Read(row)?.Session;

    /// <summary>The session whose row it is; null for any other row.</summary>
    public static SessionLocator? LocatorOf(TableRow row) =>
        SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var session) ? session : null;
}
