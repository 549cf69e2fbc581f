using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Maintenance;

/// <summary>
/// Runs, ranges and leases: with any number of instances and any interruption, nothing is done wrong and little twice.
/// </summary>
public sealed class MaintenanceRunTests : MaintenanceFixture
{
    [Fact]
    public async Task Instances_that_rebuild_at_once_do_each_range_once()
    {
        const int users = 5_000;
        for (var i = 0; i < users; i++)
        {
            Plant.Session($"user {i}", Now.AddMinutes(30));
        }

        Plant.Commit();
        await using var one = Instance();
        await using var two = Instance();
        Hook = async _ => await Task.Yield();

        var reports = await Task.WhenAll(
            Task.Run(() => one.Maintenance.RebuildAsync(RunStart.Demanded, Never)),
            Task.Run(() => two.Maintenance.RebuildAsync(RunStart.Demanded, Never)));

        Assert.Equal(reports[0].RunId, reports[1].RunId);
        Assert.Equal(16, reports.Sum(report => report.RangesWorked));
        Assert.All(reports, report => Assert.True(report.RangesWorked > 0));
        var status = await one.Maintenance.GetStatusAsync(Never);
        Assert.True(status.Rebuild.IsFinished);
        Assert.Equal(users, status.Rebuild.LastCounts[MaintenanceCount.Users]);
        Assert.All(RangeRows("rebuild"), range => Assert.Equal(1, range.Fence));
    }

    [Fact]
    public async Task A_timer_that_fires_twice_costs_a_look()
    {
        await using var one = Instance();
        await using var two = Instance();
        Assert.NotNull((await one.Maintenance.PurgeAsync(RunStart.Scheduled, Never)).RunId);
        Time.Advance(TimeSpan.FromSeconds(20));
        CountedSessions.Reset();
        CountedDue.Reset();

        Assert.Null((await two.Maintenance.PurgeAsync(RunStart.Scheduled, Never)).RunId);

        Assert.Equal(1, Calls);
    }

    [Fact]
    public async Task A_missed_schedule_is_caught_up_by_what_is_due_and_not_by_ticks()
    {
        for (var hour = 0; hour < 50; hour++)
        {
            Plant.Session($"user {hour}", Now.AddHours(hour));
        }

        Plant.Commit();
        await using var instance = Instance();
        await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never);

        AdvancePastHourOf(Now.AddHours(49));
        var report = await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never);

        Assert.Equal(50, report.Counts[MaintenanceCount.SessionsPurged]);
        StoreAudit.NothingExpiredIsLeft(Sessions.Snapshot(), Due.Snapshot(), TimeSpan.FromDays(30), Now.AddMinutes(-5));
    }

    [Fact]
    public async Task A_rebuild_begins_when_its_interval_has_gone_by_and_not_before()
    {
        await using var instance = Instance();
        var first = await instance.Maintenance.RebuildAsync(RunStart.Due, Never);
        Assert.True(first.IsFinished);

        Time.Advance(TimeSpan.FromHours(23.9));
        Assert.Null((await instance.Maintenance.RebuildAsync(RunStart.Due, Never)).RunId);
        Assert.Null((await instance.Maintenance.RebuildAsync(RunStart.Continued, Never)).RunId);

        Time.Advance(TimeSpan.FromHours(0.1));
        var second = await instance.Maintenance.RebuildAsync(RunStart.Due, Never);
        Assert.True(second.RunId > first.RunId);
        Assert.Equal(Now + TimeSpan.FromHours(24), (await instance.Maintenance.GetStatusAsync(Never)).Rebuild.NextRunAt);
    }

    [Fact]
    public async Task A_run_whose_time_is_spent_goes_on_where_it_stopped()
    {
        const int users = 3_000;
        for (var i = 0; i < users; i++)
        {
            Plant.Session($"user {i}", Now.AddMinutes(30));
        }

        Plant.Commit();
        await using var instance = Instance(("Maintenance:TimeBudget", "00:00:10"), ("Maintenance:RebuildRanges", "2"));
        Hook = operation =>
        {
            // Each page of users takes four seconds.
            if (operation is { Table: "sessions", Kind: TableOperationKind.Query, PartitionKey: null, Moment: TableMoment.After })
            {
                Time.Advance(TimeSpan.FromSeconds(4));
            }

            return ValueTask.CompletedTask;
        };

        var first = await instance.Maintenance.RebuildAsync(RunStart.Scheduled, Never);
        Assert.False(first.IsFinished);
        Assert.InRange(first.Counts[MaintenanceCount.Users], 1, users - 1);

        var runs = 1;
        while (!(await instance.Maintenance.RebuildAsync(RunStart.Continued, Never)).IsFinished)
        {
            runs++;
            Assert.InRange(runs, 1, 10);
        }

        var status = await instance.Maintenance.GetStatusAsync(Never);
        Assert.Equal(first.RunId, status.Rebuild.RunId);
        Assert.Equal(users, status.Rebuild.LastCounts[MaintenanceCount.Users]);
    }

    [Fact]
    public async Task A_holder_that_wakes_up_late_finds_its_fencing_number_stale_and_stops()
    {
        for (var i = 0; i < 3_000; i++)
        {
            Plant.Session($"user {i}", Now);
        }

        Plant.Commit();
        AdvancePastHourOf(Now);
        var isPaused = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        var pages = 0;
        Hook = async operation =>
        {
            // The first holder stands still in the middle of its work, with a page read and not yet worked on.
            if (operation is { Table: "sessiondue", Kind: TableOperationKind.Query, Moment: TableMoment.After, RowsRead: > 100 } && ++pages == 2)
            {
                isPaused.SetResult();
                await goesOn.Task;
            }
        };
        await using var late = Instance(("Maintenance:PurgeRanges", "1"));
        await using var other = Instance(("Maintenance:PurgeRanges", "1"));

        var paused = Task.Run(() => late.Maintenance.PurgeAsync(RunStart.Scheduled, Never));
        await isPaused.Task;
        Time.Advance(TimeSpan.FromMinutes(2));
        var report = await other.Maintenance.PurgeAsync(RunStart.Scheduled, Never);
        Assert.True(report.IsFinished);
        Assert.Equal(2, RangeRows("purge").Single().Fence);
        var written = new List<TableOperation>();
        Hook = operation =>
        {
            if (operation is { Moment: TableMoment.After, Writes.Count: > 0 })
            {
                written.Add(operation);
            }

            return ValueTask.CompletedTask;
        };
        var before = await RevivedAsync();
        goesOn.SetResult();
        await paused;

        // All it tried was to renew, which was refused.
        Assert.DoesNotContain(written, operation => operation.Result?.IsWritten == true && operation.PartitionKey != "~maintenance");
        Assert.Equal(before, Rows().Count);
        Assert.Equal(2, RangeRows("purge").Single().Fence);
    }

    [Fact]
    public async Task Two_runs_that_overlap_over_the_same_entries_purge_each_session_once_and_keep_heads_exact()
    {
        for (var i = 0; i < 300; i++)
        {
            Plant.Session($"user {i % 60}", Now);
            Plant.Session($"user {i % 60}", Now.AddHours(6));
        }

        Plant.Commit();
        AdvancePastHourOf(Now);
        Hook = async _ => await Task.Yield();
        await using var one = Instance();
        await using var two = Instance();

        // Both work on all ranges at once, as if no lease held.
        await Task.WhenAll(SweepAsync(one), SweepAsync(two));

        Assert.Equal(300, Rows().Count);
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
        await PurgeAsync();
        StoreAudit.NothingExpiredIsLeft(Sessions.Snapshot(), Due.Snapshot(), TimeSpan.FromDays(30), Now.AddMinutes(-5));
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task A_clock_thirty_seconds_off_purges_nothing_early_and_steals_no_lease(int secondsOff)
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync("alice");
        var end = Rows().Single().IdleExpiresAt;
        var clock = new ManualTimeProvider(Now);
        await using var other = Instance(clock);

        // The last moment at which the session is live, by the clock that is right.
        Time.Jump(end.AddTicks(-1));
        clock.Jump(Time.GetUtcNow().AddSeconds(secondsOff));
        await other.Maintenance.PurgeAsync(RunStart.Scheduled, Never);
        Assert.True(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));

        // A lease just taken by the one is still its own by the other's clock.
        var run = new RunRow { Job = "purge", Id = 1, Ranges = 4, StartedAt = Now };
        var store = (MaintenanceStore)instance.Services.GetService(typeof(MaintenanceStore))!;
        var otherStore = (MaintenanceStore)other.Services.GetService(typeof(MaintenanceStore))!;
        Assert.NotNull(await MaintenanceLease.TryTakeAsync(store, "test", 0, run.Id, Never));
        Assert.Null(await MaintenanceLease.TryTakeAsync(otherStore, "test", 0, run.Id, Never));
    }

    [Fact]
    public async Task A_start_written_by_a_clock_years_ahead_does_not_stop_the_purge()
    {
        var ahead = new ManualTimeProvider(Now.AddYears(5));
        await using var wrong = Instance(ahead);
        await wrong.Maintenance.PurgeAsync(RunStart.Scheduled, Never);
        await using var instance = Instance();

        Assert.NotNull((await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never)).RunId);
    }

    [Fact]
    public async Task A_range_that_always_fails_does_not_hold_up_the_others()
    {
        Hook = operation => operation is { PartitionKey: "~maintenance", RowKey: "purge-002", Kind: TableOperationKind.Find }
            ? throw new StoreUnavailableException("busy")
            : ValueTask.CompletedTask;
        await using var instance = Instance();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 40; i++)
            {
                Plant.Session($"user {round} {i}", Now);
            }

            Plant.Commit();
            AdvancePastHourOf(Now);
            await instance.Maintenance.PurgeAsync(RunStart.Scheduled, Never);
        }

        // A quarter of the users is in the range that fails.
        Assert.All(Rows(), session => Assert.InRange((int)(session.Locator.Partition >> 120), 128, 191));
        Assert.NotEmpty(Rows());
    }

    [Fact]
    public async Task A_stop_gives_the_lease_back_with_its_checkpoint()
    {
        for (var i = 0; i < 3_000; i++)
        {
            Plant.Session($"user {i}", Now.AddMinutes(30));
        }

        Plant.Commit();
        using var stop = new CancellationTokenSource();
        var pages = 0;
        Hook = operation =>
        {
            if (operation is { Table: "sessions", Kind: TableOperationKind.Query, PartitionKey: null, Moment: TableMoment.Before } && ++pages == 3)
            {
                stop.Cancel();
            }

            return ValueTask.CompletedTask;
        };
        await using var instance = Instance(("Maintenance:RebuildRanges", "1"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.Maintenance.RebuildAsync(RunStart.Scheduled, stop.Token));

        var range = RangeRows("rebuild").Single();
        Assert.Equal("", range.Owner);
        Assert.NotNull(range.Checkpoint);
        Assert.True((await instance.Maintenance.RebuildAsync(RunStart.Continued, Never)).IsFinished);
        Assert.Equal(3_000, RangeRows("rebuild").Single().Tally[MaintenanceCount.Users]);
    }

    private IReadOnlyList<RangeRow> RangeRows(string job) =>
    [
        .. Sessions.Snapshot()
            .Where(row => row.PartitionKey == RangeRow.PartitionKey && row.RowKey.StartsWith(job + "-", StringComparison.Ordinal))
            .Select(row => RangeRow.Read(row, job)!),
    ];

    // Sessions of the users whose entries the late holder has read, renewed since.
    private async Task<int> RevivedAsync()
    {
        for (var i = 0; i < 3_000; i++)
        {
            Plant.Session($"user {i}", Now.AddHours(3));
        }

        Plant.Commit();
        await Task.CompletedTask;
        return Rows().Count;
    }

    private async Task SweepAsync(Support.CoreHarness instance)
    {
        await Task.Yield();
        var sweep = (DueSweep)instance.Services.GetService(typeof(DueSweep))!;
        var pages = (DuePages)instance.Services.GetService(typeof(DuePages))!;
        var rules = new DueRules(Now.AddMinutes(-5), RevokedBefore.None, TimeSpan.FromDays(30));
        await foreach (var page in pages.ReadAsync(0, ShardRange.Shards, DueTable.HourOf(rules.Cutoff), user: null, Never))
        {
            await sweep.SweepAsync(page, rules, new MaintenanceTally(), new WorkWindow(Time, TimeSpan.FromMinutes(1)), Never);
        }
    }
}
