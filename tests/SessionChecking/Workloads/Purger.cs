using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionChecking.Histories;
using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Workloads;

/// <summary>
/// Purges what is due, user by user, with the parts of the core that judge and delete. Leases and ranges are left out: they spare
/// work, and no promise to a session hangs on them.
/// </summary>
internal sealed class Purger(Caller caller, World world, Instance instance)
{
    private readonly RevocationEpoch _epoch = instance.Services.GetRequiredService<RevocationEpoch>();
    private readonly SessionTables _tables = instance.Services.GetRequiredService<SessionTables>();

    public async Task PurgeAsync()
    {
        var call = caller.New(CallKind.Purge);
        await caller.MakeValueAsync(call, DeleteAsync);
    }

    private async ValueTask<int> DeleteAsync()
    {
        var rules = new DueRules(caller.Now - world.Plan.Grace, await _epoch.GetAsync(certain: true, CancellationToken.None), world.Plan.Policy.Retention);
        var users = new UserPurge(
            _tables,
            instance.Services.GetRequiredService<SessionTable>(),
            instance.Services.GetRequiredService<UserRowsReader>(),
            instance.Services.GetRequiredService<GenuineRows>(),
            instance.Services.GetRequiredService<SessionCache>(),
            instance.Services.GetRequiredService<UserSessionsCache>(),
            instance.Services.GetRequiredService<Outbox>(),
            instance.Services.GetRequiredService<AuditTrim>(),
            instance.Services.GetRequiredService<LiveDelta>(),
            instance.Services.GetRequiredService<TimeProvider>(),
            Options.Create(new MaintenanceOptions()));
        var entries = new List<DueEntry>();
        await foreach (var page in new DuePages(_tables).ReadAsync(0, ShardRange.Shards, DueTable.HourOf(rules.Cutoff), user: null, CancellationToken.None))
        {
            entries.AddRange(page.Select(DueEntry.Read).OfType<DueEntry>());
        }

        // Keys are random: by the numbers of their sessions entries come in the same order each time.
        foreach (var user in entries.GroupBy(entry => entry.Partition).OrderBy(user => world.History.Names.Of(user.Key), StringComparer.Ordinal))
        {
            DueEntry[] due = [.. user.OrderBy(NumberOf).ThenBy(entry => entry.RowKey, StringComparer.Ordinal)];
            await SettleAsync(due, await users.PurgeAsync(due, rules, new MaintenanceTally(), CancellationToken.None));
        }

        return entries.Count;
    }

    private async ValueTask SettleAsync(DueEntry[] due, DueVerdict[] verdicts)
    {
        for (var i = 0; i < due.Length; i++)
        {
            if (verdicts[i].Action is DueAction.Move)
            {
                var moved = DueTable.Entry(due[i].PartitionKey, due[i].RowKey, verdicts[i].DueAt);
                _ = await _tables.Due.WriteAsync(TableWrite.Insert(moved), CancellationToken.None);
            }

            if (verdicts[i].Action is not DueAction.Keep)
            {
                _ = await _tables.Due.WriteAsync(due[i].Removal(), CancellationToken.None);
            }
        }
    }

    private int NumberOf(DueEntry entry) =>
        SessionLocator.TryParseKeys(entry.PartitionKey, entry.RowKey, out var session) ? world.History.Names.NumberOf(session) : int.MaxValue;
}
