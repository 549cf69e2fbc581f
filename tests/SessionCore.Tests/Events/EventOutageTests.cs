using SessionCore.Sessions;
using Support;
using Support.Events;
using Support.Tables;

namespace SessionCore.Tests.Events;

/// <summary>A target that is down for ten minutes loses nothing, slows nobody, and is asked now and then only. All of it in virtual time.</summary>
public sealed class EventOutageTests
{
    private const int Changes = 1_200;
    private const int LooksOfEach = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    // The circuit of the target is probed every ten seconds.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    private readonly EventsFixture _world = new();

    [Fact]
    public async Task Ten_minutes_without_an_answer_lose_nothing_and_slow_no_other_target()
    {
        var slowest = TimeSpan.Zero;
        var looks = 0;
        _world.AtTable = operation =>
        {
            looks += operation is { Table: "sessions", Kind: TableOperationKind.Query, Moment: TableMoment.Before } ? 1 : 0;
            return ValueTask.CompletedTask;
        };
        var good = new RecordingTarget("good") { OnArrival = told => slowest = Max(slowest, _world.Time.GetUtcNow() - told.At) };
        var bad = new RecordingTarget("bad") { IsUp = false };
        await using var core = _world.Instance(good, bad);

        for (var change = 0; change < Changes; change++)
        {
            await core.CreateAsync($"user-{change}");
            _world.Time.Advance(Look);
            await core.Events.RunOnceAsync(CancellationToken.None);
        }

        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(Changes, good.Got.Count);
        Assert.InRange(bad.Attempts, 1, 10 * (int)(Outage / TimeSpan.FromSeconds(10)));
        Assert.InRange(looks, Changes, LooksOfEach * Changes);

        bad.IsUp = true;
        await LookAsync(core, (int)(Recovery / Look), Look);

        Assert.Equal(Changes, bad.Got.Select(told => told.Id).Distinct().Count());
        Assert.Equal(Changes, good.Got.Count);
        Assert.Empty(await _world.EventsAsync(core));
        Assert.Empty(await _world.NoticesAsync());
    }

    [Fact]
    public async Task Events_that_wait_for_a_target_keep_no_new_one_from_being_read()
    {
        // More of one lane than a look reads, all of them due within the minute but not yet.
        var (good, bad) = (new RecordingTarget("good", SessionEventTypes.Ended), new RecordingTarget("bad", SessionEventTypes.Created) { IsUp = false });
        await using var core = _world.Instance(good, bad);
        var sessions = new List<SessionId>();
        for (var user = 0; user < 9_000; user++)
        {
            sessions.Add((await core.CreateAsync($"user-{user}")).Id);
        }

        for (var look = 0; look < 8; look++)
        {
            await core.Events.RunOnceAsync(CancellationToken.None);
        }

        await core.Sessions.RevokeAsync(sessions[0], EndReasons.SignedOut, CancellationToken.None);
        await core.Sessions.RevokeAsync(sessions[^1], EndReasons.SignedOut, CancellationToken.None);
        await core.Events.RunOnceAsync(CancellationToken.None);

        Assert.Equal(2, good.Got.Count);
    }

    [Fact]
    public async Task What_waited_comes_soon_after_an_outage_although_nothing_new_happens()
    {
        var target = new RecordingTarget { IsUp = false };
        await using var core = _world.Instance(target);
        await CreateAsync(core, "user", 20);
        await LookAsync(core, (int)(Outage / Look), Look);
        Assert.InRange(target.Attempts, 20, 20 + (2 * (int)(Outage / TimeSpan.FromSeconds(10))));

        target.IsUp = true;
        await LookAsync(core, (int)(Recovery / Look), Look);

        Assert.Equal(20, target.Got.Select(told => told.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_waited_comes_after_what_is_new()
    {
        const int Waiting = 1_000;
        var target = new RecordingTarget { IsUp = false };
        await using var core = _world.Instance(target);
        await CreateAsync(core, "waiting", Waiting);
        await LookAsync(core, (int)(Outage / Look), Look);

        // Enough for a full look of each lane, the first of which probes the target.
        target.IsUp = true;
        _world.Time.Advance(Recovery);
        await CreateAsync(core, "new", Waiting);
        await core.Events.RunOnceAsync(CancellationToken.None);
        Assert.InRange(target.Got.Count, Waiting, Waiting + (Waiting / 10));

        await LookAsync(core, (int)(Recovery / Look), Look);
        Assert.Equal(2 * Waiting, target.Got.Select(told => told.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_target_that_answers_again_shortens_no_wait_for_a_change_that_is_on_its_way()
    {
        var target = new RecordingTarget();
        await using var core = _world.Instance(target);
        await core.CreateAsync();
        await EventsFixture.DeliverAsync(core);
        var late = await _world.SignOutLateAsync(core, SessionLocator.PartitionOf("alice"));
        await LookAsync(core, times: 15, TimeSpan.FromMinutes(1));
        var waiting = Assert.Single(await _world.NoticesAsync());

        target.IsUp = false;
        await CreateAsync(core, "user", 10);
        await LookAsync(core, times: 2, Look);
        target.IsUp = true;
        await LookAsync(core, times: 60, Look);
        Assert.Equal(11, target.Got.Count);
        Assert.Equal(waiting.At, Assert.Single(await _world.NoticesAsync()).At);

        Assert.True((await _world.Sessions.WriteAllAsync(late, CancellationToken.None)).IsWritten);
        await LookAsync(core, times: 30, TimeSpan.FromMinutes(1));
        Assert.Equal(SessionEventTypes.SignedOutEverywhere, target.Types.Last());
    }

    private static async Task CreateAsync(CoreHarness core, string name, int count)
    {
        for (var user = 0; user < count; user++)
        {
            await core.CreateAsync($"{name}-{user}");
        }
    }

    private async Task LookAsync(CoreHarness core, int times, TimeSpan pause)
    {
        for (var look = 0; look < times; look++)
        {
            await core.Events.RunOnceAsync(CancellationToken.None);
            _world.Time.Advance(pause);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
