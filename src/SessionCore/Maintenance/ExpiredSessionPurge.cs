using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Purge: deletes rows that are due. It reads past hours only, so its cost follows what is due, not the size of the store.</summary>
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

    // What is done is gone from the due table, so a new run goes on where a former one stopped in any case.
    public TimeSpan JoinWindow => options.Value.PurgeInterval / 2;

    /// <summary>Gets the hour whose entries are not looked at yet: it ended less than the grace ago, or is not over.</summary>
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

    /// <summary>How long the oldest entry has been waiting for the purge; zero when none is.</summary>
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
