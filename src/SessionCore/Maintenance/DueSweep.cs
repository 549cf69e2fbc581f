using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>
/// Processes a page of due entries: first the rows, then inserts of moved entries, then deletes of processed entries. Idempotent, so it
/// may be interrupted anywhere.
/// </summary>
internal sealed partial class DueSweep(
    UserPurge users,
    EntryBatches entries,
    Quarantine quarantine,
    MaintenanceMetrics metrics,
    IOptions<MaintenanceOptions> options,
    ILogger<DueSweep> logger)
{
    // Failures for more users than this mean that the store is unavailable, rather than a few busy partitions.
    private const int MaxFaults = 20;

    /// <summary>Processes a page.</summary>
    /// <param name="page">Entries of the due table.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="tally">Receives the counts.</param>
    /// <param name="window">The time window; entries not started before its end are left.</param>
    /// <param name="cancellationToken">Stops between two users.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer; unprocessed entries stay due.</exception>
    public async ValueTask SweepAsync(
        IReadOnlyList<TableRow> page, DueRules rules, MaintenanceTally tally, WorkWindow window, CancellationToken cancellationToken)
    {
        var done = new ConcurrentBag<(DueEntry Entry, DueVerdict Verdict)>();
        var faults = new ConcurrentBag<StoreUnavailableException>();
        var read = page.Select(row => (Row: row, Entry: DueEntry.Read(row))).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            read.Select(pair => pair.Entry).OfType<DueEntry>().GroupBy(entry => entry.Partition),
            parallel,
            async (user, token) =>
            {
                if (window.IsSpent || faults.Count > MaxFaults)
                {
                    return;
                }

                try
                {
                    DueEntry[] due = [.. user];
                    var verdicts = await users.PurgeAsync(due, rules, tally, token);
                    for (var i = 0; i < due.Length; i++)
                    {
                        done.Add((due[i], verdicts[i]));
                    }
                }
                catch (StoreUnavailableException exception)
                {
                    // A failing partition must not stop the purge of the others; its entries stay.
                    faults.Add(exception);
                }
            });
        await SettleAsync(done, [.. read.Where(pair => pair.Entry is null).Select(pair => pair.Row)], tally, cancellationToken);
        tally.Add(MaintenanceCount.Examined, page.Count);
        var skipped = page.Count - done.Count(pair => pair.Verdict.Action is not DueAction.Keep) - read.Count(pair => pair.Entry is null);
        tally.Add(MaintenanceCount.Skipped, skipped);
        metrics.Skipped(skipped);
        if (faults.TryTake(out var fault))
        {
            LogFaults(logger, faults.Count + 1, fault);
            if (faults.Count >= MaxFaults)
            {
                throw new StoreUnavailableException("The store did not answer for many users. The next run continues.", fault);
            }
        }
    }

    private async ValueTask SettleAsync(
        ConcurrentBag<(DueEntry Entry, DueVerdict Verdict)> done, TableRow[] astray, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        await entries.ApplyAsync(
            done.Where(pair => pair.Verdict.Action is DueAction.Move)
                .Select(pair => TableWrite.Insert(DueTable.Entry(pair.Entry.PartitionKey, pair.Entry.RowKey, pair.Verdict.DueAt))),
            cancellationToken);
        foreach (var (entry, _) in done.Where(pair => pair.Verdict.Action is DueAction.Quarantine))
        {
            if (await quarantine.AddAsync(entry.PartitionKey, entry.RowKey, cancellationToken))
            {
                tally.Add(MaintenanceCount.Quarantined);
            }
        }

        foreach (var entry in astray)
        {
            LogAstray(logger, entry.PartitionKey, entry.RowKey);
        }

        await entries.ApplyAsync(
            done.Where(pair => pair.Verdict.Action is not DueAction.Keep).Select(pair => pair.Entry.Removal()).Concat(astray.Select(DueEntry.RemovalOf)),
            cancellationToken);
        Count(done.Select(pair => pair.Verdict.Action).Concat(astray.Select(_ => DueAction.Drop)), tally);
    }

    private void Count(IEnumerable<DueAction> actions, MaintenanceTally tally)
    {
        foreach (var group in actions.GroupBy(action => action))
        {
            var number = group.Count();
            switch (group.Key)
            {
                case DueAction.PurgeLapsed:
                    tally.Add(MaintenanceCount.SessionsPurged, number);
                    metrics.Purged("session", number);
                    break;
                case DueAction.PurgeTombstone:
                    tally.Add(MaintenanceCount.TombstonesPurged, number);
                    metrics.Purged("tombstone", number);
                    break;
                case DueAction.PurgeRecord:
                    tally.Add(MaintenanceCount.RecordsPurged, number);
                    metrics.Purged("record", number);
                    break;
                case DueAction.PurgeKey:
                    tally.Add(MaintenanceCount.KeysPurged, number);
                    metrics.Purged("key", number);
                    break;
                case DueAction.Move:
                    tally.Add(MaintenanceCount.Moved, number);
                    metrics.Moved(number);
                    break;
                case DueAction.Drop:
                    tally.Add(MaintenanceCount.Strays, number);
                    break;
                default:
                    break;
            }
        }
    }

    [LoggerMessage(1551, LogLevel.Warning, "The store did not answer for {Users} users; their due entries are left to the next run")]
    private static partial void LogFaults(ILogger logger, int users, Exception exception);

    [LoggerMessage(1552, LogLevel.Error, "A malformed entry of the due table is deleted: partition {PartitionKey}, row {RowKey}")]
    private static partial void LogAstray(ILogger logger, string partitionKey, string rowKey);
}
