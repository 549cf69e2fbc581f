using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

public sealed class UserIndexRebuildTests : MaintenanceFixture
{
    [Fact]
    public async Task A_healthy_store_has_no_drift_and_is_not_written_to()
    {
        await using var instance = Instance();
        for (var i = 0; i < 40; i++)
        {
            var (id, _) = await instance.CreateAsync($"user {i % 10}");
            if (i % 3 == 0)
            {
                await instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);
            }
        }

        await instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, new IdempotencyKey("caller", "key", new byte[32]), Never);
        await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Cached, Never);
        Time.Advance(TimeSpan.FromMinutes(20));
        var before = Sessions.Snapshot().Where(row => row.PartitionKey[0] != '~').Select(row => row.ETag).ToArray();

        var counts = await RebuildAsync();

        Assert.Equal(0, Drift(counts));
        Assert.Equal(11 + 1, counts[MaintenanceCount.Users]);
        Assert.Equal(before, Sessions.Snapshot().Where(row => row.PartitionKey[0] != '~').Select(row => row.ETag));
    }

    [Fact]
    public async Task A_renewed_session_whose_entry_is_still_at_its_former_hour_is_no_drift()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);

        Assert.Equal(0, Drift(await RebuildAsync()));
        Assert.Equal(0, Drift(await instance.Maintenance.RebuildUserAsync(SessionLocator.PartitionOf("alice"), Never)));
        Assert.Single(Entries());
    }

    [Fact]
    public async Task Planted_damage_is_repaired_and_a_second_run_finds_none()
    {
        await PlantDamageAsync();

        var first = await RebuildAsync();

        Assert.Equal(4, first[MaintenanceCount.HeadDrift]);
        Assert.Equal(3, first[MaintenanceCount.DueDrift]);
        Assert.Equal(2, first[MaintenanceCount.ListDrift]);
        Assert.Equal(100, first[MaintenanceCount.Malformed]);
        Assert.Equal(100, first[MaintenanceCount.Quarantined]);
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
        StoreAudit.EveryRowHasAnEntry(Sessions.Snapshot(), Due.Snapshot(), Retention);

        var second = await RebuildAsync();
        Assert.Equal(0, Drift(second));
        Assert.Equal(100, second[MaintenanceCount.Malformed]);
        Assert.Equal(0, second[MaintenanceCount.Quarantined]);
    }

    [Fact]
    public async Task One_user_is_repaired_on_demand()
    {
        await PlantDamageAsync();
        await using var instance = Instance();
        var partition = SessionLocator.PartitionOf("head too high");

        Assert.Equal(1, Drift(await instance.Maintenance.RebuildUserAsync(partition, Never)));
        Assert.Equal(0, Drift(await instance.Maintenance.RebuildUserAsync(partition, Never)));
        Assert.Equal(2, await HeadCountAsync("head too high"));
        Assert.Equal(1, Drift(await instance.Maintenance.RebuildUserAsync(SessionLocator.PartitionOf("no entry 1"), Never)));
        Assert.Equal(0, Drift(await instance.Maintenance.RebuildUserAsync(SessionLocator.PartitionOf("no entry 1"), Never)));
        Assert.Equal(0, Drift(await instance.Maintenance.RebuildUserAsync(SessionLocator.PartitionOf("nobody"), Never)));
    }

    [Fact]
    public async Task A_session_created_during_the_rebuild_is_left_to_the_next()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(20));
        var created = false;
        Hook = async operation =>
        {
            if (!created && operation is { Table: "sessions", Kind: TableOperationKind.Query, PartitionKey: null })
            {
                created = true;
                await instance.CreateAsync("bob");
            }
        };

        Assert.Equal(0, Drift(await RebuildAsync(("Maintenance:RebuildRanges", "1"))));
        Assert.True(created);
        Assert.Equal(2, Entries().Count);
    }

    [Fact]
    public async Task A_head_that_others_change_meanwhile_ends_up_exact()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        var (id, _) = await instance.CreateAsync("alice");
        var strangers = Enumerable.Range(0, 5).Select(_ => SessionLocator.NewId());
        Plant.Head("alice", [.. Rows().Select(session => session.Locator.Id), .. strangers]);
        var changes = 0;
        Hook = async operation =>
        {
            var isRepair = operation is { Table: "sessions", Kind: TableOperationKind.Write, Moment: TableMoment.Before, RowKey: ['u', ..] };
            if (isRepair && ++changes <= 2)
            {
                if (changes == 1)
                {
                    await instance.CreateAsync("alice");
                }
                else
                {
                    await instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);
                }
            }
        };

        Assert.Equal(1, (await RebuildAsync())[MaintenanceCount.HeadDrift]);
        Assert.True(changes >= 3);
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
    }

    [Fact]
    public async Task A_revocation_that_found_no_head_cannot_pass_the_repair_of_it()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice");
        await instance.CreateAsync("alice");
        Sessions.Restore([.. Sessions.Snapshot().Where(row => !row.RowKey.StartsWith("u_", StringComparison.Ordinal))]);
        var isAboutToEnd = new TaskCompletionSource();
        var isRepaired = new TaskCompletionSource();
        Hook = async operation =>
        {
            // The revocation has read that there is no head and is about to end the session alone.
            if (operation is { Table: "sessions", Kind: TableOperationKind.Write, Moment: TableMoment.Before, RowKey: ['s', ..] } && isAboutToEnd.TrySetResult())
            {
                await isRepaired.Task;
            }
        };

        var revocation = instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);
        await isAboutToEnd.Task;
        Assert.Equal(1, (await RebuildAsync())[MaintenanceCount.HeadDrift]);
        isRepaired.SetResult();
        await FinishAsync(revocation);

        Assert.Equal(1, await HeadCountAsync("alice"));
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
    }

    [Fact]
    public async Task A_row_put_aside_that_can_be_read_again_is_watched_again()
    {
        var end = Now.AddMinutes(30);
        Plant.Session("alice", end);
        Plant.Commit();
        var sound = Sessions.Snapshot();
        Sessions.Restore([.. sound.Select(row => row.RowKey[0] == 's' ? new TableRow(row.PartitionKey, row.RowKey).Set("v", 9) : row)]);
        Due.Restore([]);
        await RebuildAsync();
        Assert.StartsWith("quarantine-", Entries().Single().PartitionKey, StringComparison.Ordinal);

        Sessions.Restore(sound);
        await RebuildAsync();

        Assert.Equal(DueTable.PartitionOf(end, Entries().Single().RowKey), Entries().Single().PartitionKey);
        Assert.Equal(0, Drift(await RebuildAsync()));
    }

    [Fact]
    public async Task A_user_whose_head_cannot_be_read_can_sign_in_again_after_the_rebuild()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        Sessions.Restore([.. Sessions.Snapshot().Select(row => row.RowKey[0] == 'u' ? new TableRow(row.PartitionKey, row.RowKey).Set("count", "many") : row)]);

        Assert.Equal(1, (await RebuildAsync())[MaintenanceCount.HeadDrift]);

        await instance.CreateAsync("alice");
        Assert.Equal(2, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task Rows_with_times_beyond_reason_stop_nothing()
    {
        // The last times that a row may have; later ones are unreadable.
        var far = new DateTimeOffset(8999, 12, 30, 0, 0, 0, TimeSpan.Zero);
        Plant.Session("far", far, dueAt: Now.AddHours(5));
        Plant.Session("far too", far, endedAt: far.AddDays(1), dueAt: Now);
        Plant.Session("near", Now);
        Plant.Commit();
        var record = IdempotencyClaims.Tagged(new TableRow(SessionLocator.Hex(1), "i_" + SessionLocator.Hex(2)), Tags);
        var longName = new TableRow(SessionLocator.Hex(1), "i_" + new string('x', 500));
        Sessions.Restore([.. Sessions.Snapshot(), record, longName]);
        AdvancePastHourOf(Now);

        await PurgeAsync();
        Assert.True(Drift(await RebuildAsync()) > 0);
        Assert.Equal(0, Drift(await RebuildAsync()));
        await PurgeAsync();

        Assert.Equal(2, Rows().Count);
    }

    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private async Task PlantDamageAsync()
    {
        await using var instance = Instance();
        foreach (var user in (string[])["head too high", "head too low", "no head", "no entry 1", "sound", "poisoned", "wrong list"])
        {
            await instance.CreateAsync(user);
            await instance.CreateAsync(user);
        }

        // Of the tombstone of one, and of a record.
        var (id, _) = await instance.CreateAsync("no entry 2");
        await instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);
        await instance.Sessions.CreateAsync(new NewSession { UserId = "sound" }, new IdempotencyKey("caller", "key", new byte[32]), Never);
        Time.Advance(TimeSpan.FromMinutes(20));

        SetHead("head too high", 9);
        SetHead("head too low", 1);
        SetHead("nobody at all", 3);
        Sessions.Restore([.. Sessions.Snapshot().Where(row => row.RowKey != UserHead.RowKeyOf(SessionLocator.PartitionOf("no head")))]);
        var unwatched = new[] { EntryOf("no entry 1"), EntryOf("no entry 2"), Due.Snapshot().First(entry => entry.RowKey[32] == 'i').RowKey };
        Due.Restore([.. Due.Snapshot().Where(entry => !unwatched.Contains(entry.RowKey))]);
        await PlantListsAsync(instance);
        PlantMalformedRows();
    }

    private string EntryOf(string user) => Due.Snapshot().First(entry => entry.RowKey.StartsWith(SessionLocator.Hex(SessionLocator.PartitionOf(user)), StringComparison.Ordinal)).RowKey;

    private void SetHead(string user, int count)
    {
        var partition = SessionLocator.PartitionOf(user);
        Sessions.Restore(
            [.. Sessions.Snapshot().Where(row => row.RowKey != UserHead.RowKeyOf(partition)), StorePlanter.WrongHead(partition, user, count)]);
    }

    // One list is garbage, one is genuine but of before a sign-in that never reached Redis.
    private async Task PlantListsAsync(Support.CoreHarness instance)
    {
        var wrong = SessionLocator.PartitionOf("wrong list");
        await instance.Sessions.CountAsync(wrong, ReadConsistency.Cached, Never);
        var list = await Cache.GetAsync(UserSessionsCache.NameOf(wrong), Never);
        await instance.CreateAsync("wrong list");
        await PutAsync(UserSessionsCache.NameOf(wrong), list!);
        await PutAsync(UserSessionsCache.NameOf(SessionLocator.PartitionOf("poisoned")), [CacheValue.Live, .. new byte[60]]);
    }

    private async Task PutAsync(string key, byte[] value)
    {
        byte[] lease = [CacheValue.Lease, 1];
        Assert.Null(await Cache.LeaseAsync(key, lease, replaceable: null, TimeSpan.FromSeconds(5), Never));
        Assert.True(await Cache.FillAsync(key, lease, value, TimeSpan.FromSeconds(30), Never));
    }

    private void PlantMalformedRows()
    {
        var rows = new List<TableRow>();
        for (var i = 0; i < 25; i++)
        {
            var partition = SessionLocator.Hex(SessionLocator.NewId());
            rows.Add(new TableRow(partition, "s_" + SessionLocator.Hex(SessionLocator.NewId())).Set("state", "live"));
            rows.Add(new TableRow(partition, "s_short").Set("state", 3));
            rows.Add(new TableRow(partition, "what is this"));
            rows.Add(new TableRow($"Not a user {i}", "u_" + partition).Set("count", 3));
        }

        Sessions.Restore([.. Sessions.Snapshot(), .. rows]);
    }
}
