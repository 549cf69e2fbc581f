using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>
/// Purge: deletes rows that are due. It reads past hours only, so its cost follows the number of due rows, not the size of the store.
/// </summary>
internal sealed class ExpiredSessionPurge(
    DuePages pages,
    DueSweep sweep,
    RevocationEpoch epoch,
    TimeProvider timeProvider,
    IOptions<MaintenanceOptions> options,
    IOptions<SessionPolicyOptions> policy) : IMaintenanceJob
{
    public string Name => "purge";

    public int Ranges => options.Value.PurgeRanges;

    public TimeSpan Interval => options.Value.PurgeInterval;

    // Processed entries are gone from the due table, so a new run continues where the previous one stopped anyway.
    public TimeSpan JoinWindow => options.Value.PurgeInterval / 2;

    /// <summary>Gets the first hour that is not processed yet: it is not over, or ended less than the grace ago.</summary>
    public string OpenHour => DueTable.HourOf(Cutoff);

    private DateTimeOffset Cutoff => timeProvider.GetUtcNow() - options.Value.Grace;

    public async ValueTask<bool> HasWorkAsync(CancellationToken cancellationToken) =>
        await pages.FirstAsync(OpenHour, cancellationToken) is not null;

    public async ValueTask<RangeEnd> WorkAsync(MaintenanceLease lease, ShardRange range, WorkWindow window, CancellationToken cancellationToken)
    {
        var rules = new DueRules(Cutoff, await epoch.GetAsync(certain: true, cancellationToken), policy.Value.Retention);
        await foreach (var page in pages.ReadAsync(range.First, range.End, DueTable.HourOf(rules.Cutoff), user: null, cancellationToken))
        {
            if (window.IsSpent)
            {
                return RangeEnd.OutOfTime;
            }

            if (!await lease.KeepAsync(cancellationToken))
            {
                return RangeEnd.Lost;
            }

            await sweep.SweepAsync(page, rules, lease.Tally, window, cancellationToken);
        }

        return window.IsSpent ? RangeEnd.OutOfTime : RangeEnd.Through;
    }

    /// <summary>Returns how long the oldest entry has been waiting for the purge; zero without waiting entries.</summary>
    public async ValueTask<TimeSpan> BacklogAgeAsync(CancellationToken cancellationToken)
    {
        if (await pages.FirstAsync(OpenHour, cancellationToken) is not { } first
            || !DueTable.TryReadPartition(first.PartitionKey, out var hour, out _))
        {
            return TimeSpan.Zero;
        }

        var age = Cutoff - hour.AddHours(1);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
