using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>The count of live sessions: what a rebuild sets, what instances add, and what it costs.</summary>
public sealed class LiveCountTests : MaintenanceFixture
{
    [Fact]
    public async Task There_is_none_before_a_rebuild_is_through()
    {
        await using var instance = Instance();
        await instance.CreateAsync();
        await instance.Maintenance.FlushLiveCountAsync(Never);

        Assert.Null((await instance.Maintenance.GetStatusAsync(Never)).Sessions);
    }

    [Fact]
    public async Task A_rebuild_counts_the_live_sessions_and_says_when()
    {
        await using var instance = Instance();
        for (var i = 0; i < 5; i++)
        {
            await instance.CreateAsync($"user {i % 3}");
        }

        var (ended, _) = await instance.CreateAsync();
        await instance.Sessions.RevokeAsync(ended, EndReasons.Revoked, Never);
        await RebuildAsync();

        Assert.Equal(new LiveSessionCount(5, Now), (await instance.Maintenance.GetStatusAsync(Never)).Sessions);
    }

    [Fact]
    public async Task Every_instance_adds_what_it_has_begun_ended_and_purged()
    {
        await using var first = Instance();
        await using var second = Instance();
        await RebuildAsync();
        var counted = Now;
        var (one, _) = await first.CreateAsync("alice");
        await first.CreateAsync("alice");
        await first.CreateAsync("bob");
        var (anonymous, _) = await second.CreateAsync(userId: null);
        await second.Sessions.RotateAsync(anonymous, new RotationRequest { UserId = "carol" }, Never);
        await second.Sessions.RevokeAsync(one, EndReasons.Revoked, Never);
        await second.Sessions.RevokeAsync(one, EndReasons.Revoked, Never);
        await first.Maintenance.FlushLiveCountAsync(Never);
        await second.Maintenance.FlushLiveCountAsync(Never);
        Assert.Equal(new LiveSessionCount(3, counted), (await first.Maintenance.GetStatusAsync(Never)).Sessions);

        await first.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("alice"), except: null, EndReasons.Revoked, dryRun: false, Never);
        AdvancePastHourOf(Now.AddHours(1));
        await second.Maintenance.PurgeAsync(RunStart.Demanded, Never);
        await first.Maintenance.FlushLiveCountAsync(Never);
        await second.Maintenance.FlushLiveCountAsync(Never);

        Assert.DoesNotContain(Rows(), row => !row.IsEnded);
        Assert.Equal(new LiveSessionCount(0, counted), (await first.Maintenance.GetStatusAsync(Never)).Sessions);
    }

    [Fact]
    public async Task Every_instance_adds_to_the_hours_and_a_rebuild_keeps_them()
    {
        await using var first = Instance();
        await using var second = Instance();
        var (one, _) = await first.CreateAsync("alice");
        await first.Maintenance.FlushLiveCountAsync(Never);
        AdvancePastHourOf(Now);
        await second.CreateAsync("bob");
        await second.Sessions.RevokeAsync(one, EndReasons.Revoked, Never);
        await second.Maintenance.FlushLiveCountAsync(Never);
        await first.CreateAsync("carol");
        await first.Maintenance.FlushLiveCountAsync(Never);
        await RebuildAsync();

        var hours = (await first.Maintenance.GetStatusAsync(Never)).Hours;

        Assert.Equal(24, hours.Count);
        Assert.Equal(3, hours.Sum(hour => hour.Created));
        Assert.Equal((2, 1), (hours[^1].Created, hours[^1].Ended));
        Assert.InRange(Now - hours[^1].Hour, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Hours_fall_away_after_a_day()
    {
        await using var instance = Instance();
        await instance.CreateAsync();
        await instance.Maintenance.FlushLiveCountAsync(Never);
        AdvancePastHourOf(Now.AddHours(25));

        Assert.All((await instance.Maintenance.GetStatusAsync(Never)).Hours, hour => Assert.Equal((0, 0), (hour.Created, hour.Ended)));
    }

    [Fact]
    public async Task The_next_rebuild_puts_right_what_an_instance_took_with_it()
    {
        await RebuildAsync();
        await using (var lost = Instance())
        {
            await lost.CreateAsync();
        }

        await using var instance = Instance();
        Assert.Equal(0, (await instance.Maintenance.GetStatusAsync(Never)).Sessions!.Live);
        await RebuildAsync();
        Assert.Equal(1, (await instance.Maintenance.GetStatusAsync(Never)).Sessions!.Live);
    }

    [Fact]
    public async Task Creating_and_ending_cost_no_call_more_and_nothing_new_costs_none()
    {
        await using var instance = Instance();
        await RebuildAsync();
        await instance.Maintenance.FlushLiveCountAsync(Never);
        var before = Calls;
        await instance.Maintenance.FlushLiveCountAsync(Never);
        Assert.Equal(before, Calls);

        await instance.CreateAsync();
        var created = Calls;
        await instance.Maintenance.FlushLiveCountAsync(Never);
        Assert.Equal(2, Calls - created);
    }

    [Fact]
    public async Task An_increment_that_the_store_does_not_take_is_added_later()
    {
        await using var instance = Instance();
        await RebuildAsync();
        await instance.CreateAsync();
        Hook = _ => throw new StoreUnavailableException("down");
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await instance.Maintenance.FlushLiveCountAsync(Never));
        Hook = null;

        await instance.Maintenance.FlushLiveCountAsync(Never);

        Assert.Equal(1, (await instance.Maintenance.GetStatusAsync(Never)).Sessions!.Live);
    }

    [Fact]
    public async Task Increments_that_meet_are_both_kept()
    {
        await using var first = Instance();
        await using var second = Instance();
        await RebuildAsync();
        await first.CreateAsync("alice");
        await second.CreateAsync("bob");
        await Task.WhenAll(Task.Run(() => first.Maintenance.FlushLiveCountAsync(Never).AsTask()), Task.Run(() => second.Maintenance.FlushLiveCountAsync(Never).AsTask()));

        Assert.Equal(2, (await first.Maintenance.GetStatusAsync(Never)).Sessions!.Live);
    }
}
