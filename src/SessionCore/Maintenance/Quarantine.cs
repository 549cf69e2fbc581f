using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>
/// Record of malformed rows. The row itself stays, because it may be from a newer version of this service or be evidence; readers
/// ignore it.
/// </summary>
internal sealed partial class Quarantine(
    SessionTables tables, DuePages pages, GenuineRows genuine, TimeProvider timeProvider, MaintenanceMetrics metrics, ILogger<Quarantine> logger)
{
    private const string Prefix = "quarantine-";
    private const string PartitionName = "partition";
    private const string RowName = "row";

    private readonly ITable _sessions = tables.Sessions;
    private readonly ITable _due = tables.Due;

    /// <summary>Returns the lower bound of a shard's entries.</summary>
    public static string From(int shard) => shard >= ShardRange.Shards ? Prefix + "~" : Prefix + ShardRange.NameOf(shard);

    /// <summary>Returns the key of an entry: the row's keys, or their digest when they are too long for a key.</summary>
    public static string RowKeyOf(string partitionKey, string rowKey) =>
        partitionKey.Length + rowKey.Length <= TableRules.MaxKeyChars
            ? partitionKey + rowKey
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{partitionKey}\n{rowKey}")));

    /// <summary>Adds a row.</summary>
    /// <returns>Whether the row was new.</returns>
    public async ValueTask<bool> AddAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var entry = new TableRow(PartitionOf(partitionKey), RowKeyOf(partitionKey, rowKey))
            .Set(PartitionName, partitionKey)
            .Set(RowName, rowKey)
            .Set("found", timeProvider.GetUtcNow());
        if (!(await _due.WriteAsync(TableWrite.Insert(entry), cancellationToken)).IsWritten)
        {
            return false;
        }

        metrics.Quarantined();
        LogQuarantined(logger, partitionKey, rowKey);
        return true;
    }

    /// <summary>Removes rows that are gone, or that this version of the service can read.</summary>
    public async ValueTask ReviewAsync(int first, int end, CancellationToken cancellationToken)
    {
        await foreach (var page in pages.PagesAsync(From(first), From(end), cancellationToken))
        {
            foreach (var entry in page)
            {
                if (entry.GetString(PartitionName) is { } partitionKey
                    && entry.GetString(RowName) is { } rowKey
                    && await IsReadableAsync(await _sessions.FindAsync(partitionKey, rowKey, cancellationToken), cancellationToken))
                {
                    _ = await _due.WriteAsync(DueEntry.RemovalOf(entry), cancellationToken);
                }
            }
        }
    }

    private async ValueTask<bool> IsReadableAsync(TableRow? row, CancellationToken cancellationToken)
    {
        if (row is null)
        {
            return true;
        }

        return SessionLocator.TryParseHex(row.PartitionKey, out _)
            && (await genuine.ExamineAsync(row, cancellationToken)).IsGenuine;
    }

    // In the shard of the user, where the check of that user finds it. Partitions of no user are in the first shard.
    private static string PartitionOf(string partitionKey) =>
        From(SessionLocator.TryParseHex(partitionKey, out var partition) ? (int)(partition >> 120) : 0);

    [LoggerMessage(1501, LogLevel.Error, "A malformed row is put into quarantine: partition {PartitionKey}, row {RowKey}. It is ignored; examine it")]
    private static partial void LogQuarantined(ILogger logger, string partitionKey, string rowKey);
}
