using SessionCore.Sessions;
using Support.Events;

namespace SessionCore.Tests.Events;

/// <summary>A target that is down for ten minutes loses nothing, slows nobody, and is asked now and then only. All of it in virtual time.</summary>
public sealed class EventOutageTests
{
    private const int Changes = 1_200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    private readonly EventsFixture _world = new();

    [Fact]
    public async Task Ten_minutes_without_an_answer_lose_nothing_and_slow_no_other_target()
    {
        var slowest = TimeSpan.Zero;
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

        bad.IsUp = true;
        for (var waited = TimeSpan.Zero; waited < Outage && bad.Got.Count < Changes; waited += Look)
        {
            _world.Time.Advance(Look);
            await core.Events.RunOnceAsync(CancellationToken.None);
        }

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

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
