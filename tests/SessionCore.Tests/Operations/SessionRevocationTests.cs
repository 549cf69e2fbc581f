using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

public sealed class SessionRevocationTests : SessionServiceFixture
{
    [Fact]
    public async Task A_revoked_session_is_refused_by_every_instance_and_tells_why_to_its_own_token_only()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token));

        var revocation = await instance.Sessions.RevokeAsync(id, "password-changed", Never);

        Assert.True(revocation.Found);
        Assert.Null(revocation.EffectiveBy);
        Assert.Equal("password-changed", (await other.ValidateAsync(token)).Ended!.Reason);
        Assert.Equal("password-changed", (await other.ValidateAsync(token, ReadConsistency.Strong)).Ended!.Reason);
        var stranger = SessionToken.Issue(instance.Keys.Active, id.Locator, new byte[SessionToken.SecretBytes]).Reveal();
        Assert.Null((await other.ValidateAsync(stranger)).Ended);
        Assert.Null((await other.ValidateAsync(stranger, ReadConsistency.Strong)).Ended);
    }

    [Fact]
    public async Task An_ended_session_keeps_neither_claims_nor_data()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice", """{"cart":1}""");
        await instance.Sessions.RevokeAsync(id, "signed-out", Never);

        var row = await Table.FindAsync(id.Locator.PartitionKey, id.Locator.RowKey, Never);

        Assert.Empty(row!.GetBinary("body")!);
    }

    [Fact]
    public async Task Ending_twice_is_found_both_times_and_keeps_the_first_reason()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        await instance.Sessions.RevokeAsync(id, "first", Never);

        var again = await instance.Sessions.RevokeAsync(id, "second", Never);

        Assert.True(again.Found);
        Assert.Empty(again.Sessions);
        Assert.Equal("first", (await instance.ValidateAsync(token)).Ended!.Reason);
    }

    [Fact]
    public async Task An_unknown_session_is_not_found()
    {
        await using var instance = Instance();

        var revocation = await instance.Sessions.RevokeAsync(new SessionId(new SessionLocator(1, 2)), "x", Never);

        Assert.False(revocation.Found);
    }

    [Fact]
    public async Task Sign_out_everywhere_leaves_none_and_removes_the_head()
    {
        await using var instance = Instance();
        var tokens = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            tokens.Add((await instance.CreateAsync("alice")).Token);
        }

        var (_, stranger) = await instance.CreateAsync("bob");
        await instance.Sessions.IsReadyAsync(Never);
        Counted.Reset();
        var revocation = await instance.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("alice"), except: null, "signed-out", dryRun: false, Never);

        Assert.Equal(20, revocation.Sessions.Count);
        Assert.Equal(2, Counted.TotalCalls);
        foreach (var token in tokens)
        {
            Assert.False(await instance.IsAcceptedAsync(token));
        }

        Assert.True(await instance.IsAcceptedAsync(stranger));
        Assert.Equal(0, await HeadCountAsync("alice"));
        Assert.Equal(0, (await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Cached, Never)).Count);
    }

    [Fact]
    public async Task All_but_one_keeps_exactly_that_one()
    {
        await using var instance = Instance();
        var (kept, keptToken) = await instance.CreateAsync("alice");
        var (_, other) = await instance.CreateAsync("alice");

        await instance.Sessions.RevokeAllAsync(kept.Locator.Partition, kept, "signed-out", dryRun: false, Never);

        Assert.True(await instance.IsAcceptedAsync(keptToken));
        Assert.False(await instance.IsAcceptedAsync(other));
        Assert.Equal(1, await HeadCountAsync("alice"));
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync("alice");

        var told = await instance.Sessions.RevokeAllAsync(id.Locator.Partition, except: null, "x", dryRun: true, Never);

        Assert.Equal(id, Assert.Single(told.Sessions).Live!.Id);
        Assert.True(await instance.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task The_limit_evicts_the_oldest_or_the_least_recently_used_or_refuses()
    {
        await using var oldest = Instance(("Sessions:MaxSessionsPerUser", "2"));
        await using var lru = Instance(("Sessions:MaxSessionsPerUser", "2"), ("Sessions:WhenLimitReached", "EvictLeastRecentlyUsed"));
        await using var deny = Instance(("Sessions:MaxSessionsPerUser", "2"), ("Sessions:WhenLimitReached", "Deny"));

        var (first, second) = await FillAsync(oldest, "a");
        Assert.False(await oldest.IsAcceptedAsync(first));
        Assert.True(await oldest.IsAcceptedAsync(second));

        (first, second) = await FillAsync(lru, "b");
        Assert.True(await lru.IsAcceptedAsync(first));
        Assert.Equal(EndReasons.Evicted, (await lru.ValidateAsync(second)).Ended!.Reason);

        await deny.CreateAsync("c");
        await deny.CreateAsync("c");
        var refused = await deny.Sessions.CreateAsync(new NewSession { UserId = "c" }, key: null, Never);
        Assert.Equal((CreationOutcome.LimitReached, 2), (refused.Outcome, refused.Limit));
    }

    [Fact]
    public async Task Lapsed_sessions_make_room_and_the_count_stays_exact()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "2"), ("Sessions:WhenLimitReached", "Deny"));
        await instance.CreateAsync("alice");
        await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromHours(2));

        await instance.CreateAsync("alice");

        Assert.Equal(1, await HeadCountAsync("alice"));
        Assert.Equal(1, (await instance.Sessions.CountAsync(SessionLocator.PartitionOf("alice"), ReadConsistency.Strong, Never)).Count);
    }

    private async Task<(string First, string Second)> FillAsync(Support.CoreHarness instance, string user)
    {
        var (_, first) = await instance.CreateAsync(user);
        Time.Advance(TimeSpan.FromMinutes(10));
        var (_, second) = await instance.CreateAsync(user);
        Time.Advance(TimeSpan.FromMinutes(10));
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(first), ipAddress: null, Never);
        await instance.CreateAsync(user);
        return (first, second);
    }
}
