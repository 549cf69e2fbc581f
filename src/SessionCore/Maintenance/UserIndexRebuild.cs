using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Rebuild: repairs the heads, due entries and lists in Redis of all users.</summary>
internal sealed partial class UserIndexRebuild(
    UserPages pages,
    DueCensusTaker censuses,
    UserCheck check,
    GenuineRows genuine,
    Quarantine quarantine,
    IOptions<MaintenanceOptions> options,
    ILogger<UserIndexRebuild> logger) : IMaintenanceJob
{
    private const int MaxFaults = 20;

    public string Name => "rebuild";

    public int Ranges => options.Value.RebuildRanges;

    public TimeSpan Interval => options.Value.RebuildInterval;

    public TimeSpan JoinWindow => options.Value.RebuildInterval;

    public ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public async ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken)
    {
        var shard = ShardOf(lease.Checkpoint, range);
        while (shard < range.End)
        {
            var (census, end) = await censuses.TakeAsync(shard, range.End, cancellationToken);

            // The space is the lowest character that a key can continue with, so this is directly after the checkpoint.
            var from = lease.Checkpoint is { } checkpoint ? checkpoint + " " : range.UsersFrom;
            await foreach (var users in pages.ReadAsync(from, ShardRange.UsersBefore(end), cancellationToken))
            {
                if (window.IsSpent)
                {
                    return RangeEnd.OutOfTime;
                }

                if (!await lease.KeepAsync(cancellationToken))
                {
                    return RangeEnd.Lost;
                }

                await CheckAsync(users, census, lease.Tally, cancellationToken);
                lease.Checkpoint = users[^1].PartitionKey;
            }

            await quarantine.ReviewAsync(shard, end, cancellationToken);
            shard = end;
        }

        return RangeEnd.Through;
    }

    /// <summary>Checks one user.</summary>
    public async ValueTask<MaintenanceTally> RebuildUserAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        var user = await pages.ReadAsync(SessionLocator.Hex(partition), cancellationToken);
        var due = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var row in user.Rows.Where(row => !EventRow.Is(row) && !AuditRow.Is(row)))
        {
            if (AuditHead.Is(row.RowKey))
            {
                due.Add(row.RowKey, check.AuditDueAt(row));
            }
            else if (check.DueAt(await genuine.ExamineAsync(row, cancellationToken)) is { } time)
            {
                due.Add(row.RowKey, time);
            }
        }

        var tally = new MaintenanceTally();
        await check.CheckAsync(user, await censuses.TakeAsync(partition, due, cancellationToken), tally, cancellationToken);
        return tally;
    }

    private static int ShardOf(string? checkpoint, ShardRange range)
    {
        var shard = range.First;
        while (checkpoint is not null && shard + 1 < range.End && string.CompareOrdinal(ShardRange.NameOf(shard + 1), checkpoint) <= 0)
        {
            shard++;
        }

        return shard;
    }

    private async ValueTask CheckAsync(
        IReadOnlyList<UserGroup> users, DueCensus census, MaintenanceTally tally, CancellationToken cancellationToken)
    {
        var faults = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(users, parallel, async (user, token) =>
        {
            try
            {
                await check.CheckAsync(user, census, tally, token);
            }
            catch (StoreUnavailableException exception)
            {
                // A failing partition must not stop the check of the others; the next run checks it.
                tally.Add(MaintenanceCount.Skipped);
                LogFault(logger, exception);
                if (Interlocked.Increment(ref faults) > MaxFaults)
                {
                    throw;
                }
            }
        });
    }

    [LoggerMessage(1601, LogLevel.Warning, "The store did not answer for a user; the next rebuild checks it")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
