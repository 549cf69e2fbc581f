using System.Text;
using SessionCore.Events;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support.Events;
using Support.Tables;

namespace SessionCore.Tests.Events;

/// <summary>Every event reaches every target that wants it, at least once and in the order of its session, whatever fails on the way.</summary>
public sealed class EventPumpTests
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    private readonly EventsFixture _world = new();

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Events_arrive_in_the_order_of_their_changes_and_leave_nothing_behind()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        await core.Sessions.ReplaceClaimsAsync(id, Encoding.UTF8.GetBytes("""{"a":1}"""), ifVersion: null, Never);
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);

        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Rotated, SessionEventTypes.ClaimsChanged, SessionEventTypes.Ended], target.Types);
        Assert.Equal(4, target.Got.Select(got => got.Id).Distinct().Count());
        Assert.Empty(await _world.EventsAsync(core));
        Assert.Empty(await _world.NoticesAsync());
    }

    [Fact]
    public async Task Versions_order_the_events_of_a_session_where_clocks_disagree()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        var (id, _) = await core.CreateAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(2));
        await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        _world.Time.Jump(_world.Time.GetUtcNow() - TimeSpan.FromSeconds(1.5));
        await core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never);
        _world.Time.Advance(TimeSpan.FromSeconds(5));

        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Rotated, SessionEventTypes.SignedOutEverywhere], target.Types);
    }

    [Fact]
    public async Task A_target_gets_the_types_it_wants_only()
    {
        var (all, ends) = (new RecordingTarget("all"), new RecordingTarget("ends", SessionEventTypes.Ended));
        await using var core = _world.Instance(all, ends);
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);

        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Ended], all.Types);
        Assert.Equal([SessionEventTypes.Ended], ends.Types);
    }

    [Fact]
    public async Task A_target_that_fails_is_tried_again_in_order_and_holds_up_no_other()
    {
        var (good, bad) = (new RecordingTarget("good"), new RecordingTarget("bad") { IsUp = false });
        await using var core = _world.Instance(good, bad);
        var (id, _) = await core.CreateAsync();
        await core.Events.RunOnceAsync(Never);
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, Never);
        await core.Events.RunOnceAsync(Never);
        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Ended], good.Types);
        Assert.Equal(1, bad.Attempts);

        bad.IsUp = true;
        await core.Events.RunOnceAsync(Never);
        Assert.Empty(bad.Got);
        _world.Time.Advance(RetryPlan.PauseAfter(1) + TimeSpan.FromSeconds(1));
        await core.Events.RunOnceAsync(Never);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.Ended], bad.Types);
        Assert.Equal(2, good.Got.Count);
        Assert.Empty(await _world.EventsAsync(core));
        Assert.Empty(await _world.NoticesAsync());
    }

    [Fact]
    public async Task A_target_that_is_down_is_probed_and_not_asked_for_each_event()
    {
        var target = new RecordingTarget { IsUp = false };
        await using var core = _world.Instance(target);
        for (var user = 0; user < 40; user++)
        {
            await core.CreateAsync($"user-{user}");
        }

        await core.Events.RunOnceAsync(Never);
        Assert.InRange(target.Attempts, 5, 20);

        target.IsUp = true;
        for (var minute = 0; minute < 5; minute++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await EventsFixture.DeliverAsync(core);
        }

        Assert.Equal(40, target.Got.Select(got => got.Id).Distinct().Count());
    }

    [Fact]
    public async Task An_event_is_parked_after_72_hours_and_replayed_with_the_same_id()
    {
        var target = new RecordingTarget { IsUp = false };
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        var id = Assert.Single(await _world.EventsAsync(core)).Event.Id;
        for (var hour = 0; hour < 74; hour++)
        {
            Assert.True(hour > 72 || await core.Events.CountParkedAsync(Never) == 0, $"It was parked before hour {hour}.");
            await core.Events.RunOnceAsync(Never);
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.StartsWith("p_", Assert.Single(await _world.EventsAsync(core)).RowKey, StringComparison.Ordinal);
        var attempts = target.Attempts;
        await core.Events.RunOnceAsync(Never);
        Assert.Equal((attempts, 1), (target.Attempts, await core.Events.CountParkedAsync(Never)));

        target.IsUp = true;
        Assert.Equal(1, await core.Events.ReplayAsync(Never));
        await EventsFixture.DeliverAsync(core);

        Assert.Equal([id], target.Got.Select(got => got.Id));
        Assert.Equal(0, await core.Events.CountParkedAsync(Never));
        Assert.Empty(await _world.EventsAsync(core));
    }

    [Fact]
    public async Task Delivery_that_dies_before_it_writes_delivers_again_with_the_same_id()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        _world.AtTable = operation => operation is { Moment: TableMoment.Before, Table: "sessions" } && operation.Writes.Any(write => EventRow.Is(write.Row))
            ? throw new StoreUnavailableException("died")
            : ValueTask.CompletedTask;
        await core.Events.RunOnceAsync(Never);

        _world.AtTable = null;
        await core.Events.ReleaseAsync(Never);
        await using var next = _world.Instance(target);
        await EventsFixture.DeliverAsync(next);

        Assert.Equal(2, target.Got.Count);
        Assert.Single(target.Got.Select(got => got.Id).Distinct());
    }

    [Fact]
    public async Task A_change_that_comes_long_after_its_notice_is_delivered()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);
        var late = await _world.SignOutLateAsync(core, Alice);
        for (var minute = 0; minute < 15; minute++)
        {
            await core.Events.RunOnceAsync(Never);
            _world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True((await _world.Sessions.WriteAllAsync(late, Never)).IsWritten);
        _world.Time.Advance(TimeSpan.FromMinutes(30));
        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created, SessionEventTypes.SignedOutEverywhere], target.Types);
    }

    [Fact]
    public async Task A_notice_of_a_change_that_never_came_goes_after_half_an_hour()
    {
        await using var core = _world.Instance(new RecordingTarget());
        await core.Sessions.RevokeAsync(new SessionId(new SessionLocator(Alice, 1)), EndReasons.SignedOut, Never);
        Assert.Single(await _world.NoticesAsync());

        for (var minute = 0; minute < 40; minute++)
        {
            await core.Events.RunOnceAsync(Never);
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(minute < 32, (await _world.NoticesAsync()).Count == 1);
        }
    }

    [Fact]
    public async Task The_rebuild_announces_an_event_whose_notice_is_lost()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        foreach (var notice in await _world.NoticesAsync())
        {
            await _world.Due.WriteAsync(notice.Removal(), Never);
        }

        await EventsFixture.DeliverAsync(core);
        Assert.Empty(target.Got);

        await core.Maintenance.RebuildAsync(RunStart.ByHand, Never);
        await EventsFixture.DeliverAsync(core);

        Assert.Equal([SessionEventTypes.Created], target.Types);
        Assert.Empty(await _world.EventsAsync(core));
    }

    [Fact]
    public async Task Two_instances_divide_the_lanes_and_one_takes_over_when_the_other_stops()
    {
        var target = new RecordingTarget();
        await using var first = _world.Instance(target);
        await using var second = _world.Instance(target);
        await first.Events.RunOnceAsync(Never);
        for (var user = 0; user < 12; user++)
        {
            await first.CreateAsync($"user-{user}");
        }

        Assert.Equal(0, await second.Events.RunOnceAsync(Never));
        await first.Events.ReleaseAsync(Never);
        _world.Time.Advance(TimeSpan.FromSeconds(6));
        await EventsFixture.DeliverAsync(second);

        Assert.Equal(12, target.Got.Count);
    }

    [Fact]
    public async Task A_lane_of_an_instance_that_died_is_taken_over_when_its_lease_expires()
    {
        var target = new RecordingTarget();
        await using var first = _world.Instance(target);
        await using var second = _world.Instance(target);
        await first.Events.RunOnceAsync(Never);
        await first.CreateAsync();

        _world.Time.Advance(TimeSpan.FromSeconds(25));
        await EventsFixture.DeliverAsync(second);

        Assert.Single(target.Got);
    }

    [Fact]
    public async Task An_instance_whose_lease_another_one_has_taken_delivers_nothing()
    {
        var target = new RecordingTarget();
        await using var first = _world.Instance(target);
        await using var second = _world.Instance(target);
        await first.Events.RunOnceAsync(Never);
        _world.Time.Advance(TimeSpan.FromSeconds(30));
        await second.Events.RunOnceAsync(Never);
        await first.CreateAsync();

        Assert.Equal(0, await first.Events.RunOnceAsync(Never));
        Assert.Empty(target.Got);
        await EventsFixture.DeliverAsync(second);

        Assert.Single(target.Got);
    }

    [Fact]
    public async Task A_forged_event_is_not_delivered()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        var row = (await _world.Sessions.QueryAsync(new TableQuery { RowFrom = "e_", RowTo = "e`" }, Never)).Rows.Single();
        var forged = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            forged.Set(name, name == "type" ? SessionEventTypes.Ended : value);
        }

        await _world.Sessions.WriteAsync(TableWrite.Replace(forged, row.ETag!), Never);
        await EventsFixture.DeliverAsync(core);

        Assert.Empty(target.Got);
    }

    [Fact]
    public async Task A_user_with_more_events_than_a_page_gets_them_in_order()
    {
        var target = new RecordingTarget { IsUp = false };
        await using var core = _world.Instance(target);
        var (id, _) = await core.CreateAsync();
        for (var i = 0; i < 1_100; i++)
        {
            await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        }

        await core.Sessions.RevokeAllAsync(Alice, except: null, EndReasons.SignedOut, dryRun: false, Never);
        await core.Events.RunOnceAsync(Never);
        target.IsUp = true;
        for (var minute = 0; minute < 10; minute++)
        {
            _world.Time.Advance(TimeSpan.FromMinutes(1));
            await EventsFixture.DeliverAsync(core);
        }

        Assert.Equal(1_102, target.Got.Count);
        Assert.Equal(SessionEventTypes.SignedOutEverywhere, target.Got[^1].Type);
        var versions = target.Got.SkipLast(1).Select(got => EventsFixture.DataOf(got).GetProperty("version").GetInt64()).ToArray();
        Assert.Equal(versions.Order(), versions);
    }
}
