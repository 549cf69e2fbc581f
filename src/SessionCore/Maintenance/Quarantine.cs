using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>
/// Records rows that cannot be read. The row itself stays: it may be of a newer version of this service, and it may be
/// evidence. Readers ignore it.
/// </summary>
internal sealed partial class Quarantine(
    SessionTables tables, DuePages pages, GenuineRows genuine, TimeProvider timeProvider, MaintenanceMetrics metrics, ILogger<Quarantine> logger)
{
    private const string Prefix = "quarantine-";
    private const string PartitionName = "partition";
    private const string RowName = "row";

    private readonly ITable _sessions = tables.Sessions;
    private readonly ITable _due = tables.Due;

    /// <summary>Where the entries of a shard begin.</summary>
    public static string From(int shard) => shard >= ShardRange.Shards ? Prefix + "~" : Prefix + ShardRange.NameOf(shard);

    /// <summary>The key of an entry: the row's keys, or their digest when that is longer than a key may be.</summary>
    public static string RowKeyOf(string partitionKey, string rowKey) =>
        partitionKey.Length + rowKey.Length <= TableRules.MaxKeyChars
            ? partitionKey + rowKey
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{partitionKey}\n{rowKey}")));

    /// <summary>Remembers a row.</summary>
    /// <returns>Whether it was not remembered yet.</returns>
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

    /// <summary>Forgets rows that are gone, or can be read after all: a newer version of this service may know them.</summary>
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
            && await genuine.ExamineAsync(row, cancellationToken) is { Session: not null } or { RecordExpiresAt: not null };
    }

    // In the shard of the user, where the check of that user finds it. A partition of no user is in the first shard.
    private static string PartitionOf(string partitionKey) =>
        From(SessionLocator.TryParseHex(partitionKey, out var partition) ? (int)(partition >> 120) : 0);

    [LoggerMessage(1501, LogLevel.Error, "A row cannot be read and is put aside: partition {PartitionKey}, row {RowKey}. It counts for nothing until somebody looks at it")]
    private static partial void LogQuarantined(ILogger logger, string partitionKey, string rowKey);
}
