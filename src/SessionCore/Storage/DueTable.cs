using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Due table: which rows to examine in which hour. An entry is a hint, written before its row; the row is the truth.</summary>
internal sealed class DueTable(SessionTables tables)
{
    private const string HourFormat = "yyyyMMddHH";

    private readonly ITable _due = tables.Due;

    /// <summary>
    /// Returns the partition of the entries of an hour and a shard; the shard is the first byte of the user's partition.
    /// </summary>
    public static string PartitionOf(DateTimeOffset due, string sessionPartition) =>
        string.Concat(HourOf(due), "-", sessionPartition.AsSpan(0, 2));

    /// <summary>Returns the hour of a time, the prefix of partition keys; they sort by hour.</summary>
    public static string HourOf(DateTimeOffset time) => time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a partition key.</summary>
    /// <returns>False when it is not a partition of due entries.</returns>
    public static bool TryReadPartition(string partitionKey, out DateTimeOffset hour, out int shard)
    {
        hour = default;
        shard = 0;
        return partitionKey.Length == HourFormat.Length + 3
            && partitionKey[HourFormat.Length] == '-'
            && DateTimeOffset.TryParseExact(
                partitionKey.AsSpan(0, HourFormat.Length), HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out hour)
            && !partitionKey.AsSpan().ContainsAnyInRange('A', 'F')
            && int.TryParse(partitionKey.AsSpan(HourFormat.Length + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out shard);
    }

    /// <summary>Adds a due entry for a row.</summary>
    /// <exception cref="StoreUnavailableException">It is not certain that the entry exists.</exception>
    public async ValueTask AddAsync(string partitionKey, string rowKey, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var result = await _due.WriteAsync(TableWrite.Insert(Entry(partitionKey, rowKey, due)), cancellationToken);

        // An existing entry has the same content. No other outcome is valid for an insert.
        if (result.Outcome is not (TableOutcome.Written or TableOutcome.AlreadyExists))
        {
            throw new StoreUnavailableException($"The due table answered an insert with {result.Outcome}. Try again.");
        }
    }

    public ValueTask AddAsync(Session session, CancellationToken cancellationToken) =>
        AddAsync(session.Locator.PartitionKey, session.Locator.RowKey, session.GoesAt, cancellationToken);

    public static TableRow Entry(string partitionKey, string rowKey, DateTimeOffset due) =>
        new(PartitionOf(due, partitionKey), string.Concat(partitionKey, rowKey));
}
