using SessionCore.Maintenance;
using SessionCore.Sessions;

namespace SessionCore.Tests.Events;

/// <summary>An event tells who made its change, and what is known of the device without opening a session.</summary>
public sealed class EventActorTests
{
    private readonly EventsFixture _world = new();

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task The_actor_of_the_call_is_told()
    {
        await using var core = _world.Instance();
        EventActor.Begin(new EventActor("key:web-shop"));
        var (id, _) = await core.CreateAsync();
        EventActor.Begin(EventActor.User);
        await core.Sessions.RotateAsync(id, new RotationRequest(), Never);
        EventActor.Begin(new EventActor("key:ops"));
        await core.Sessions.RevokeAsync(id, EndReasons.Revoked, Never);

        Assert.Equal(["key:web-shop", "user", "key:ops"], await ActorsAsync(core));
    }

    [Fact]
    public async Task A_lapse_is_nobodys_act_whoever_finds_it()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "1" });
        await core.CreateAsync();
        _world.Time.Advance(TimeSpan.FromDays(400));
        EventActor.Begin(new EventActor("key:ops"));
        await core.CreateAsync();
        await core.CreateAsync("bob");
        _world.Time.Advance(TimeSpan.FromDays(400));
        await core.Maintenance.PurgeAsync(RunStart.Demanded, Never);

        var ends = (await _world.EventsAsync(core)).Where(row => row.Event.Type == SessionEventTypes.Ended).Select(row => ActorOf(row.Event)).ToArray();
        Assert.Equal(3, ends.Length);
        Assert.All(ends, actor => Assert.Equal("system", actor));
    }

    [Fact]
    public async Task An_eviction_is_the_act_of_who_created_the_newer_session()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Sessions:MaxSessionsPerUser"] = "1" });
        await core.CreateAsync();
        EventActor.Begin(new EventActor("key:web-shop"));
        await core.CreateAsync();

        var end = Assert.Single(await _world.EventsAsync(core), row => row.Event.Type == SessionEventTypes.Ended);
        Assert.Equal("key:web-shop", ActorOf(end.Event));
    }

    [Fact]
    public async Task Who_acts_as_the_user_and_the_device_are_told()
    {
        await using var core = _world.Instance();
        var wish = new NewSession { UserId = "alice", Actor = new SessionActor("staff-7", "ticket 4711"), Device = new SessionDevice("Alice's phone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", IpAddress: null) };
        await core.Sessions.CreateAsync(wish, key: null, Never);

        var data = EventsFixture.DataOf(Assert.Single(await _world.EventsAsync(core)).Event);
        Assert.Equal("staff-7", data.GetProperty("impersonator").GetString());
        Assert.Equal("Safari on iPhone", data.GetProperty("device").GetString());
        Assert.DoesNotContain("4711", data.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Alice's", data.ToString(), StringComparison.Ordinal);
    }

    private static string? ActorOf(SessionEvent told) => EventsFixture.DataOf(told).GetProperty("actor").GetString();

    private async Task<IReadOnlyList<string?>> ActorsAsync(Support.CoreHarness core) =>
        [.. (await _world.EventsAsync(core)).Select(row => ActorOf(row.Event))];
}
