using SessionFunctions.Client;
using SessionFunctions.Client.Passports;
using Support.Http;

namespace SessionClient.Tests.Passports;

/// <summary>The feed knows how old it is, and forgets nothing too early.</summary>
public sealed class EndingsFeedTests : IDisposable
{
    private const string Sid = "ses_1";
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly FeedOfTests _api = new();

    private EndingsVerdict Verdict => _api.Feed.Judge(Sid, _api.Clock.GetUtcNow().AddHours(-1), _api.Clock.GetUtcNow(), MaxAge);

    public void Dispose() => _api.Dispose();

    [Fact]
    public void Before_the_first_answer_nothing_is_known()
    {
        Assert.Null(_api.Feed.Age);
        Assert.Null(_api.Feed.PassportLifetime);
        Assert.Equal(EndingsVerdict.Unknown, Verdict);
    }

    [Fact]
    public async Task An_ending_is_known_with_the_answer_that_tells_it()
    {
        await _api.PollAsync();
        Assert.Equal(EndingsVerdict.NotEnded, Verdict);
        _api.Answer = static _ => new EndingsBody { Endings = [(Sid, TimeSpan.Zero)] };

        await _api.PollAsync();

        Assert.Equal(EndingsVerdict.Ended, Verdict);
        Assert.Equal(TimeSpan.FromMinutes(2), _api.Feed.PassportLifetime);
    }

    [Fact]
    public async Task The_age_counts_from_the_asking_and_not_from_the_arrival()
    {
        _api.Takes = TimeSpan.FromSeconds(4);

        await _api.PollAsync();

        Assert.Equal(TimeSpan.FromSeconds(4), _api.Feed.Age);
        _api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(EndingsVerdict.NotEnded, Verdict);
        _api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(EndingsVerdict.Unknown, Verdict);
    }

    [Fact]
    public async Task What_the_api_held_counts_for_it_and_what_its_log_lags_against_it()
    {
        _api.Takes = TimeSpan.FromSeconds(4);
        _api.Answer = static _ => new EndingsBody { Held = TimeSpan.FromSeconds(3), Age = TimeSpan.FromMilliseconds(500) };

        await _api.PollAsync();

        Assert.Equal(TimeSpan.FromMilliseconds(1500), _api.Feed.Age);
    }

    [Fact]
    public async Task An_api_that_claims_to_have_held_longer_than_the_answer_took_is_not_believed()
    {
        _api.Takes = TimeSpan.FromSeconds(1);
        _api.Answer = static _ => new EndingsBody { Held = TimeSpan.FromHours(1) };

        await _api.PollAsync();

        Assert.Equal(TimeSpan.Zero, _api.Feed.Age);
    }

    [Fact]
    public async Task An_answer_that_is_older_than_what_is_known_makes_nothing_older()
    {
        await _api.PollAsync();
        _api.Answer = static _ => new EndingsBody { Age = TimeSpan.FromSeconds(30) };

        await _api.PollAsync();

        Assert.Equal(TimeSpan.Zero, _api.Feed.Age);
    }

    [Fact]
    public async Task Pages_count_only_when_the_last_one_is_there()
    {
        _api.Answer = static cursor => new EndingsBody { Cursor = cursor is null ? "1" : "2", More = cursor is null, Endings = [(cursor is null ? Sid : "ses_2", TimeSpan.Zero)] };

        Assert.Equal(TimeSpan.Zero, await _api.PollAsync());
        Assert.Null(_api.Feed.Age);
        Assert.Equal(EndingsVerdict.Ended, Verdict);
        await _api.PollAsync();

        Assert.Equal(TimeSpan.Zero, _api.Feed.Age);
        Assert.Equal([null, "1"], _api.Cursors);
    }

    [Fact]
    public async Task An_ending_is_kept_as_long_as_the_api_says_from_the_end_on()
    {
        _api.Answer = static _ => new EndingsBody { Endings = [(Sid, TimeSpan.FromSeconds(77))] };
        await _api.PollAsync();
        _api.Answer = static _ => new EndingsBody();

        _api.Clock.Advance(TimeSpan.FromSeconds(199));
        await _api.PollAsync();
        Assert.Equal(EndingsVerdict.Ended, Verdict);
        _api.Clock.Advance(TimeSpan.FromSeconds(277 / 8) + TimeSpan.FromSeconds(2));
        await _api.PollAsync();

        Assert.Equal(EndingsVerdict.NotEnded, Verdict);
    }

    [Fact]
    public async Task An_ending_holds_however_old_the_feed_is()
    {
        _api.Answer = static _ => new EndingsBody { Endings = [(Sid, TimeSpan.Zero)] };
        await _api.PollAsync();

        _api.Clock.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(EndingsVerdict.Ended, Verdict);
    }

    [Fact]
    public async Task Sessions_older_than_revoke_before_have_ended_and_the_instant_never_moves_back()
    {
        var instant = _api.Clock.GetUtcNow();
        _api.Answer = _ => new EndingsBody { RevokedBefore = instant };
        await _api.PollAsync();
        _api.Answer = _ => new EndingsBody { RevokedBefore = instant.AddDays(-1) };
        await _api.PollAsync();
        _api.Answer = static _ => new EndingsBody();
        await _api.PollAsync();

        Assert.Equal(EndingsVerdict.Ended, _api.Feed.Judge(Sid, instant.AddMilliseconds(-1), instant, MaxAge));
        Assert.Equal(EndingsVerdict.NotEnded, _api.Feed.Judge(Sid, instant, instant, MaxAge));
    }

    [Fact]
    public async Task Of_what_was_known_live_before_the_log_began_nothing_is_certain_however_the_feed_goes_on()
    {
        var instant = _api.Clock.GetUtcNow();
        _api.Answer = _ => new EndingsBody { HeldSince = instant };
        await _api.PollAsync();
        _api.Answer = _ => new EndingsBody { HeldSince = instant.AddDays(-1) };
        await _api.PollAsync();

        Assert.Equal(EndingsVerdict.Unknown, _api.Feed.Judge(Sid, instant.AddDays(-1), instant.AddMilliseconds(-1), MaxAge));
        Assert.Equal(EndingsVerdict.NotEnded, _api.Feed.Judge(Sid, instant.AddDays(-1), instant, MaxAge));
    }

    [Fact]
    public async Task A_cursor_of_another_deployment_is_dropped_and_what_is_known_stays()
    {
        _api.Answer = static _ => new EndingsBody { Cursor = "of-another", Endings = [(Sid, TimeSpan.Zero)] };
        await _api.PollAsync();
        _api.Answer = static cursor => cursor is null ? new EndingsBody() : null;
        _api.Clock.Advance(TimeSpan.FromSeconds(6));

        await _api.PollAsync();
        Assert.Equal(TimeSpan.FromSeconds(6), _api.Feed.Age);
        await _api.PollAsync();

        Assert.Equal([null, "of-another", null], _api.Cursors);
        Assert.Equal(TimeSpan.Zero, _api.Feed.Age);
        Assert.Equal(EndingsVerdict.Ended, Verdict);
    }

    [Fact]
    public async Task A_clock_that_is_half_a_minute_behind_makes_nothing_certain()
    {
        _api.Answer = _ => new EndingsBody { CompleteAsOf = _api.Clock.GetUtcNow().AddSeconds(31) };
        await _api.PollAsync();
        Assert.Equal(EndingsVerdict.Unknown, Verdict);
        _api.Answer = _ => new EndingsBody { CompleteAsOf = _api.Clock.GetUtcNow().AddSeconds(30) };

        await _api.PollAsync();

        Assert.Equal(EndingsVerdict.NotEnded, Verdict);
    }

    [Fact]
    public async Task A_machine_that_slept_knows_nothing_until_it_has_asked()
    {
        await _api.PollAsync();

        _api.Clock.Jump(_api.Clock.GetUtcNow().AddHours(1));

        Assert.Equal(EndingsVerdict.Unknown, Verdict);
    }

    [Fact]
    public async Task The_api_is_asked_to_wait_for_less_than_the_age_and_is_never_asked_without_end()
    {
        using var feed = new FeedOfTests();
        feed.Feed.Dispose();
        feed.Feed.Follow(MaxAge);

        var idle = await feed.PollAsync();
        feed.Answer = static _ => new EndingsBody { Endings = [(Sid, TimeSpan.Zero)] };
        var busy = await feed.PollAsync();
        feed.Takes = TimeSpan.FromSeconds(2);
        var late = await feed.PollAsync();

        Assert.All(feed.Waits, static wait => Assert.Equal(2, wait));
        Assert.Equal((MaxAge / 3, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500)), (idle, busy, late));
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(4, 400)]
    [InlineData(5, 500)]
    [InlineData(60, 500)]
    public async Task While_there_is_news_it_is_gathered_for_a_tenth_of_the_age(int maxAge, int pause)
    {
        using var feed = new FeedOfTests();
        feed.Feed.Dispose();
        feed.Feed.Follow(TimeSpan.FromSeconds(maxAge));
        feed.Answer = static _ => new EndingsBody { Endings = [(Sid, TimeSpan.Zero)] };

        Assert.Equal(TimeSpan.FromMilliseconds(pause), await feed.PollAsync());
    }

    [Fact]
    public void An_age_that_cannot_be_kept_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _api.Feed.Follow(TimeSpan.FromMilliseconds(999)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _api.Feed.Follow(TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public async Task A_feed_that_fails_keeps_what_it_knows_and_asks_again()
    {
        var asked = new SemaphoreSlim(0);
        var calls = 0;
        _api.Answer = _ =>
        {
            asked.Release();
            if (++calls == 2)
            {
                throw new SessionsUnavailableException("down");
            }

            return new EndingsBody { Cursor = $"c{calls}", Endings = calls == 1 ? [(Sid, TimeSpan.Zero)] : [] };
        };
        _api.Feed.Follow(MaxAge);

        for (var poll = 0; poll < 4; poll++)
        {
            while (!await asked.WaitAsync(TimeSpan.FromMilliseconds(5)))
            {
                _api.Clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        Assert.Equal([null, "c1", "c1", "c3"], _api.Cursors.Take(4));
        Assert.Equal(EndingsVerdict.Ended, Verdict);
    }
}
