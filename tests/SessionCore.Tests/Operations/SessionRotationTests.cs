using SessionCore.Sessions;
using Support;

namespace SessionCore.Tests.Operations;

public sealed class SessionRotationTests : SessionServiceFixture
{
    [Fact]
    public async Task A_services_rotation_ends_the_old_token_at_once()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(token));

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest(), Never);

        Assert.False(await instance.IsAcceptedAsync(token));
        Assert.True(await instance.IsAcceptedAsync(rotation.Token!.Reveal()));
    }

    [Fact]
    public async Task A_users_rotation_leaves_the_old_token_its_grace_and_then_refuses_it()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();

        var rotation = await instance.Sessions.RotateOwnAsync(Token(instance, token), Never);

        Time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(await instance.IsAcceptedAsync(token));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await instance.IsAcceptedAsync(token));
        Assert.True(await instance.IsAcceptedAsync(rotation.Token!.Reveal()));
    }

    [Fact]
    public async Task Rotating_twice_fast_leaves_every_token_its_own_grace()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (_, a) = await instance.CreateAsync();
        var b = await RotateAsync(instance, a);
        Time.Advance(TimeSpan.FromSeconds(4));
        var c = await RotateAsync(instance, b);

        foreach (var reader in new[] { instance, other })
        {
            foreach (var consistency in new[] { ReadConsistency.Cached, ReadConsistency.Strong })
            {
                Assert.Equal("yes yes yes", await AcceptedAsync(reader, consistency, a, b, c));
            }
        }

        Assert.Equal(c, await RotateAsync(other, a));
        Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("no yes yes", await AcceptedAsync(instance, ReadConsistency.Cached, a, b, c));
        Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("no no yes", await AcceptedAsync(instance, ReadConsistency.Cached, a, b, c));
    }

    [Fact]
    public async Task Only_the_last_four_tokens_rotated_away_are_known()
    {
        await using var instance = Instance();
        var tokens = new List<string> { (await instance.CreateAsync()).Token };
        for (var i = 0; i < 5; i++)
        {
            tokens.Add(await RotateAsync(instance, tokens[^1]));
        }

        Assert.Equal("no yes yes yes yes yes", await AcceptedAsync(instance, ReadConsistency.Cached, [.. tokens]));
    }

    [Fact]
    public async Task A_services_rotation_ends_the_whole_chain_at_once()
    {
        await using var instance = Instance();
        var (id, a) = await instance.CreateAsync();
        var b = await RotateAsync(instance, a);

        await instance.Sessions.RotateAsync(id, new RotationRequest(), Never);

        Assert.Equal("no no", await AcceptedAsync(instance, ReadConsistency.Strong, a, b));
    }

    [Fact]
    public async Task A_token_of_the_chain_that_comes_back_after_its_own_grace_is_reported_although_a_younger_one_still_has_its()
    {
        await using var instance = Instance(("Sessions:ReuseOfOldToken", "End"));
        var (_, a) = await instance.CreateAsync();
        var b = await RotateAsync(instance, a);
        Time.Advance(TimeSpan.FromSeconds(5));
        var c = await RotateAsync(instance, b);
        Time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(await instance.IsAcceptedAsync(a));

        Assert.Equal(EndReasons.ReuseDetected, (await instance.ValidateAsync(c)).Ended!.Reason);
    }

    [Fact]
    public async Task Replay_refused_keeps_the_successor_from_the_holder_of_the_old_token_and_leaves_its_grace()
    {
        await using var instance = Instance(("Sessions:RotationReplay", "Refuse"));
        var (_, a) = await instance.CreateAsync();
        var b = await RotateAsync(instance, a);

        var again = await instance.Sessions.RotateOwnAsync(Token(instance, a), Never);

        Assert.Equal((RotationOutcome.Unknown, null), (again.Outcome, again.Token));
        Assert.Equal("yes yes", await AcceptedAsync(instance, ReadConsistency.Cached, a, b));
    }

    [Fact]
    public async Task The_same_rotation_again_within_the_grace_gives_the_same_token()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();

        var first = await instance.Sessions.RotateOwnAsync(Token(instance, token), Never);
        var second = await instance.Sessions.RotateOwnAsync(Token(instance, token), Never);

        Assert.Equal(first.Token!.Reveal(), second.Token!.Reveal());
    }

    [Fact]
    public async Task An_old_token_does_not_rotate_and_ends_the_session_where_the_policy_says_so()
    {
        await using var refuse = Instance();
        await using var end = Instance(("Sessions:ReuseOfOldToken", "End"));
        var (_, token) = await refuse.CreateAsync();
        var current = (await refuse.Sessions.RotateOwnAsync(Token(refuse, token), Never)).Token!.Reveal();
        Time.Advance(TimeSpan.FromSeconds(11));

        var again = await refuse.Sessions.RotateOwnAsync(Token(refuse, token), Never);
        Assert.Equal(RotationOutcome.Unknown, again.Outcome);
        Assert.True(await refuse.IsAcceptedAsync(current));

        Assert.False(await end.IsAcceptedAsync(token));
        Assert.Equal(EndReasons.ReuseDetected, (await end.ValidateAsync(current)).Ended!.Reason);
    }

    [Fact]
    public async Task A_new_token_is_accepted_by_an_instance_that_has_cached_the_old_one()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token));
        Cache!.Flush();
        Assert.True(await other.IsAcceptedAsync(token));

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest(), Never);

        Assert.True(await other.IsAcceptedAsync(rotation.Token!.Reveal()));
        Assert.False(await other.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task An_anonymous_session_becomes_its_users_with_its_data_and_the_old_one_ends()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync(userId: null, """{"cart":2}""");

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);

        Assert.Equal(RotationOutcome.Rotated, rotation.Outcome);
        var json = View(rotation.Session!, SessionView.Service, Time.GetUtcNow());
        Assert.Equal("alice", json.GetProperty("userId").GetString());
        Assert.Equal(2, json.GetProperty("data").GetProperty("cart").GetInt32());
        Assert.Equal(EndReasons.Upgraded, (await instance.ValidateAsync(token)).Ended!.Reason);
        Assert.True(await instance.IsAcceptedAsync(rotation.Token!.Reveal()));
        Assert.Equal(1, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task A_users_session_never_becomes_another_users()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync("alice");

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest("mallory"), Never);

        Assert.Equal(RotationOutcome.HasUser, rotation.Outcome);
        Assert.True(await instance.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_level_reached_begins_both_limits_anew()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromMinutes(30));

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest(AssuranceLevel: AssuranceLevel.Aal3), Never);

        Assert.Equal(AssuranceLevel.Aal3, rotation.Session!.AssuranceLevel);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(12), rotation.Session.AbsoluteExpiresAt);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(15), rotation.Session.IdleExpiresAt);
    }

    private static async Task<string> RotateAsync(CoreHarness instance, string token) =>
        (await instance.Sessions.RotateOwnAsync(Token(instance, token), Never)).Token!.Reveal();

    private static async Task<string> AcceptedAsync(CoreHarness instance, ReadConsistency consistency, params string[] tokens)
    {
        var accepted = new List<string>();
        foreach (var token in tokens)
        {
            accepted.Add(await instance.IsAcceptedAsync(token, consistency) ? "yes" : "no");
        }

        return string.Join(' ', accepted);
    }
}
