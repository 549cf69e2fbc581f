using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

public sealed class ExpiredSessionPurgeTests : MaintenanceFixture
{
    [Fact]
    public async Task A_lapsed_session_goes_with_its_entry_and_its_users_head()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        AdvancePastHourOf(Now.AddHours(1));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        Assert.Empty(Rows());
        Assert.Empty(Entries());

        // The head stays while it may contradict a row; the rebuild finds that there is none.
        await RebuildAsync();
        Assert.DoesNotContain(Sessions.Snapshot(), row => row.RowKey.StartsWith("u_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_touched_before_the_hour_is_over_and_the_grace_with_it()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        AdvancePastHourOf(Now.AddHours(1));
        Time.Jump(Now.AddTicks(-1));
        var before = Sessions.Snapshot().Where(row => row.PartitionKey[0] != '~').Select(row => row.ETag).ToArray();

        await PurgeAsync();

        Assert.Equal(before, Sessions.Snapshot().Where(row => row.PartitionKey[0] != '~').Select(row => row.ETag));
        Assert.Single(Entries());
    }

    [Fact]
    public async Task The_entry_of_a_renewed_session_moves_to_the_hour_of_its_end()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        var end = Rows().Single().IdleExpiresAt;
        AdvancePastHourOf(Now);
        AdvancePastHourOf(end.AddHours(-1));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.Moved]);
        Assert.Equal(DueTable.PartitionOf(end, Entries().Single().RowKey), Entries().Single().PartitionKey);
        Assert.Single(Rows());
        Assert.Equal(1, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task A_revoke_before_of_this_minute_purges_nothing_yet()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        Time.Advance(TimeSpan.FromMinutes(50));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), ipAddress: null, Never);
        AdvancePastHourOf(Now);
        Assert.True(await instance.IsAcceptedAsync(token));
        await instance.Sessions.RevokeBeforeAsync(Now, Never);

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.Examined]);
        Assert.Equal(0, counts[MaintenanceCount.SessionsPurged]);
        Assert.Single(Rows());
    }

    [Fact]
    public async Task An_ended_session_stays_for_its_retention_and_then_goes_without_a_write_to_the_head()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice");
        await instance.CreateAsync("alice");
        await instance.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);
        var due = Now.AddDays(30);
        AdvancePastHourOf(Now.AddHours(1));
        Assert.Equal(1, (await PurgeAsync())[MaintenanceCount.Moved]);
        Assert.Equal(DueTable.PartitionOf(due, Entries().Single().RowKey), Entries().Single().PartitionKey);

        AdvancePastHourOf(due);
        var writes = new List<TableOperation>();
        Hook = operation =>
        {
            writes.Add(operation);
            return ValueTask.CompletedTask;
        };
        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.TombstonesPurged]);
        Assert.DoesNotContain(writes, operation => operation.Writes.Any(write => write.Row.RowKey.StartsWith("u_", StringComparison.Ordinal)));
        Assert.Empty(Rows());
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task An_idempotency_record_goes_after_its_window()
    {
        await using var instance = Instance();
        var wish = new NewSession { UserId = "alice" };
        await instance.Sessions.CreateAsync(wish, new IdempotencyKey("caller", "key", new byte[32]), Never);
        AdvancePastHourOf(Now.AddHours(24));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.RecordsPurged]);
        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        await RebuildAsync();
        Assert.DoesNotContain(Sessions.Snapshot(), row => row.PartitionKey[0] != '~');
        Assert.Empty(Entries());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task The_head_says_what_is_left_when_some_of_a_users_sessions_go(int lapsed)
    {
        for (var i = 0; i < lapsed; i++)
        {
            Plant.Session("alice", Now);
        }

        Plant.Session("alice", Now.AddHours(3));
        Plant.Session("alice", Now.AddHours(4));
        Plant.Commit();
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync(("Maintenance:BatchRows", "10"));

        Assert.Equal(lapsed, counts[MaintenanceCount.SessionsPurged]);
        Assert.Equal(2, Rows().Count);
        Assert.Equal(2, await HeadCountAsync("alice"));
        Assert.Equal(2, Entries().Count);
    }

    [Fact]
    public async Task A_users_thousands_of_tombstones_are_not_read_when_three_sessions_are_due()
    {
        for (var i = 0; i < 3; i++)
        {
            Plant.Session("alice", Now);
        }

        for (var i = 0; i < 3000; i++)
        {
            Plant.Session("alice", Now, endedAt: Now, dueAt: Now.AddDays(30));
        }

        Plant.Commit();
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync();

        Assert.Equal(3, counts[MaintenanceCount.SessionsPurged]);
        Assert.InRange(CountedSessions.RowsRead, 0, 60);
    }

    [Fact]
    public async Task An_entry_whose_row_is_gone_goes_too()
    {
        Plant.Session("alice", Now);
        Plant.Commit();
        Sessions.Restore([]);
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.Strays]);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task A_hundred_unreadable_rows_are_put_aside_and_the_scan_goes_on()
    {
        for (var i = 0; i < 100; i++)
        {
            Plant.Session($"user {i}", Now);
            Plant.Session($"broken {i}", Now);
        }

        Plant.Commit();
        var broken = Enumerable.Range(0, 100).Select(i => SessionLocator.Hex(SessionLocator.PartitionOf($"broken {i}"))).ToHashSet();
        Sessions.Restore([.. Sessions.Snapshot().Select(row => broken.Contains(row.PartitionKey) && row.RowKey[0] == 's' ? new TableRow(row.PartitionKey, row.RowKey).Set("idle", "soon") : row)]);
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync();

        Assert.Equal(100, counts[MaintenanceCount.SessionsPurged]);
        Assert.Equal(100, counts[MaintenanceCount.Quarantined]);
        Assert.Equal(100, Sessions.Snapshot().Count(row => row.GetString("idle") == "soon"));
        Assert.All(Entries(), entry => Assert.StartsWith("quarantine-", entry.PartitionKey, StringComparison.Ordinal));
        Assert.Equal(100, Entries().Count);
        Assert.Equal(0, (await PurgeAsync())[MaintenanceCount.Examined]);
    }

    [Fact]
    public async Task Entries_that_lead_nowhere_do_not_stop_the_scan()
    {
        Plant.Session("alice", Now);
        Plant.Session("bob", Now);
        Plant.Commit();
        TableRow[] astray =
        [
            new("0", "x"), new("2030", ""), new("2030010112-zz", "y"), new("2030010111-00", "short"), new("2030010111-FF", "upper"),
            new("2030010099-00", "no such hour"),
        ];
        Due.Restore([.. Due.Snapshot(), .. astray]);
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync();
        Assert.Equal(2, counts[MaintenanceCount.SessionsPurged]);
        Assert.Empty(Rows());

        // Which range meets a partition without a shard depends on their order; the first one does in the end.
        await PurgeAsync();
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task A_partition_that_does_not_answer_keeps_no_other_from_being_purged()
    {
        for (var i = 0; i < 50; i++)
        {
            Plant.Session($"user {i}", Now);
        }

        Plant.Commit();
        var busy = SessionLocator.Hex(SessionLocator.PartitionOf("user 7"));
        Hook = operation => operation.PartitionKey == busy
            ? throw new StoreUnavailableException("busy")
            : ValueTask.CompletedTask;
        AdvancePastHourOf(Now);

        var counts = await PurgeAsync();
        Assert.Equal(49, counts[MaintenanceCount.SessionsPurged]);
        Assert.Equal(1, counts[MaintenanceCount.Skipped]);

        Hook = null;
        Assert.Equal(1, (await PurgeAsync())[MaintenanceCount.SessionsPurged]);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task A_store_that_answers_nobody_ends_the_run_and_the_next_goes_on()
    {
        for (var i = 0; i < 200; i++)
        {
            Plant.Session($"user {i}", Now);
        }

        Plant.Commit();
        Hook = operation => operation is { Table: "sessions", PartitionKey: [not '~', ..] }
            ? throw new StoreUnavailableException("down")
            : ValueTask.CompletedTask;
        AdvancePastHourOf(Now);
        await using var instance = Instance(("Maintenance:PurgeRanges", "1"));

        var report = await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never);
        Assert.False(report.IsFinished);

        Hook = null;
        Assert.True((await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never)).IsFinished);
        Assert.Empty(Rows());
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Sessions_that_an_operator_has_revoked_go_when_they_are_looked_at()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(30));
        await instance.Sessions.RevokeBeforeAsync(Now, Never);
        Sessions.Restore([.. Sessions.Snapshot().Select(row => SessionRow.Read(row) is { } session ? SessionRow.ToRow(session with { IdleExpiresAt = Now.AddHours(20) }, Tags) : row)]);
        AdvancePastHourOf(Now.AddMinutes(30));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task A_purged_users_list_leaves_the_cache()
    {
        await using var instance = Instance();
        await instance.CreateAsync("alice");
        var partition = SessionLocator.PartitionOf("alice");
        AdvancePastHourOf(Now.AddHours(1));
        await instance.Sessions.CountAsync(partition, ReadConsistency.Cached, Never);
        var key = SessionCore.Caching.UserSessionsCache.NameOf(partition);
        Assert.NotNull(await Cache.GetAsync(key, Never));

        await PurgeAsync();

        Assert.Null(await Cache.GetAsync(key, Never));
    }

    [Fact]
    public async Task A_user_who_signs_in_during_the_purge_costs_a_second_try_and_keeps_the_head_right()
    {
        Plant.Session("alice", Now);
        Plant.Commit();
        AdvancePastHourOf(Now);
        await using var instance = Instance();
        var signedIn = false;
        Hook = async operation =>
        {
            if (!signedIn && operation is { Table: "sessions", Kind: TableOperationKind.WriteAll, Moment: TableMoment.Before, PartitionKey: [not '~', ..] })
            {
                signedIn = true;
                await instance.CreateAsync("alice");
            }
        };

        var counts = await PurgeAsync();

        Assert.True(signedIn);
        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        Assert.Single(Rows());
        Assert.Equal(1, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task The_backlog_is_as_old_as_the_oldest_hour_that_waits()
    {
        Plant.Session("alice", Now);
        Plant.Commit();
        await using var instance = Instance();
        Assert.Equal(TimeSpan.Zero, (await instance.Maintenance.GetStatusAsync(Never)).BacklogAge);

        AdvancePastHourOf(Now);
        Time.Advance(TimeSpan.FromMinutes(90));
        Assert.Equal(TimeSpan.FromMinutes(90), (await instance.Maintenance.GetStatusAsync(Never)).BacklogAge);

        await PurgeAsync();
        Assert.Equal(TimeSpan.Zero, (await instance.Maintenance.GetStatusAsync(Never)).BacklogAge);
    }
}
