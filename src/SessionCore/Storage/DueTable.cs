using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Due table: which rows to examine in which hour. An entry is a hint, written before its row; the row is the truth.</summary>
internal sealed class DueTable(SessionTables tables)
{
    private const string HourFormat = "yyyyMMddHH";

    private readonly ITable _due = tables.Due;

    /// <summary>Where the entries of an hour and a shard are; the shard is the first byte of the user's partition.</summary>
    public static string PartitionOf(DateTimeOffset due, string sessionPartition) =>
        string.Concat(HourOf(due), "-", sessionPartition.AsSpan(0, 2));

    /// <summary>The hour of a time, as partition keys begin with it: every partition of an earlier hour comes before it.</summary>
    public static string HourOf(DateTimeOffset time) => time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads the key of a partition.</summary>
    /// <returns>False when it is not one of due entries.</returns>
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
    /// <exception cref="StoreUnavailableException">It is not certain that there is an entry.</exception>
    public async ValueTask AddAsync(string partitionKey, string rowKey, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var result = await _due.WriteAsync(TableWrite.Insert(Entry(partitionKey, rowKey, due)), cancellationToken);

        // An entry that is there already says the same. Any other refusal makes no sense of an insert, and leaves none.
        if (result.Outcome is not (TableOutcome.Written or TableOutcome.AlreadyExists))
        {
            throw new StoreUnavailableException($"The table of what is due answered an insert with {result.Outcome}. Try again.");
        }
    }

    public ValueTask AddAsync(Session session, CancellationToken cancellationToken) =>
        AddAsync(session.Locator.PartitionKey, session.Locator.RowKey, session.GoesAt, cancellationToken);

    public static TableRow Entry(string partitionKey, string rowKey, DateTimeOffset due) =>
        new(PartitionOf(due, partitionKey), string.Concat(partitionKey, rowKey));
}
