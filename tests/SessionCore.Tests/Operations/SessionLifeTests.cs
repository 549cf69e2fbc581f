using SessionCore.Sessions;

namespace SessionCore.Tests.Operations;

public sealed class SessionLifeTests : SessionServiceFixture
{
    [Fact]
    public async Task A_created_session_is_accepted_by_its_token_and_found_by_its_id()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync("alice", """{"cart":3}""");

        Assert.True(await instance.IsAcceptedAsync(token));
        var found = await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        var json = View(found.Live!, SessionView.Service, Time.GetUtcNow());
        Assert.Equal("alice", json.GetProperty("userId").GetString());
        Assert.Equal(3, json.GetProperty("data").GetProperty("cart").GetInt32());
        Assert.Equal(3600, json.GetProperty("idleExpiresInSeconds").GetInt32());
        Assert.Equal(86400, json.GetProperty("expiresInSeconds").GetInt32());
    }

    [Fact]
    public async Task The_users_view_has_no_data_and_a_list_item_no_claims()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync("alice", """{"secret":true}""");
        var live = (await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never)).Live!;

        Assert.False(View(live, SessionView.User, Time.GetUtcNow()).TryGetProperty("data", out _));
        Assert.True(View(live, SessionView.User, Time.GetUtcNow()).TryGetProperty("claims", out _));
        Assert.False(View(live, SessionView.ServiceListItem, Time.GetUtcNow()).TryGetProperty("claims", out _));
    }

    [Theory]
    [InlineData(59 * 60 + 59, true)]
    [InlineData(60 * 60, false)]
    public async Task A_session_lapses_at_its_idle_timeout(int secondsLater, bool live)
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        Assert.True(await instance.IsAcceptedAsync(token));

        Time.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.Equal(live, await instance.IsAcceptedAsync(token));
        Assert.Equal(live, await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task Touches_never_carry_a_session_beyond_its_absolute_lifetime()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        for (var minutes = 0; minutes < 24 * 60; minutes += 30)
        {
            var reading = await instance.ValidateAsync(token);
            Assert.NotNull(reading.Live);
            var touched = (await instance.Sessions.TouchAsync(reading, ipAddress: null, Never)).Live!;
            Assert.InRange(touched.IdleExpiresAt, Time.GetUtcNow(), touched.AbsoluteExpiresAt);
            Time.Advance(TimeSpan.FromMinutes(30));
        }

        var lapsed = await instance.ValidateAsync(token);
        Assert.Null(lapsed.Live);
        Assert.Equal(EndReasons.AbsoluteLifetime, lapsed.Ended!.Reason);
    }

    [Fact]
    public async Task Touches_within_the_slack_write_nothing()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        var reading = await instance.ValidateAsync(token);
        Time.Advance(TimeSpan.FromMinutes(5));
        await instance.Sessions.IsReadyAsync(Never);
        Counted.Reset();

        for (var i = 0; i < 100; i++)
        {
            reading = await instance.Sessions.TouchAsync(reading, ipAddress: null, Never);
        }

        Assert.Equal(0, Counted.TotalCalls);
    }

    [Fact]
    public async Task A_touch_beyond_the_slack_is_one_conditional_write_and_moves_the_idle_end()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        Time.Advance(TimeSpan.FromMinutes(6));
        var reading = await instance.ValidateAsync(token);
        await instance.Sessions.IsReadyAsync(Never);
        Counted.Reset();

        var touched = await instance.Sessions.TouchAsync(reading, ipAddress: null, Never);

        Assert.Equal(1, Counted.TotalCalls);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(1), touched.Live!.IdleExpiresAt);
        Time.Advance(TimeSpan.FromMinutes(58));
        Assert.True(await instance.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_touch_of_a_session_revoked_meanwhile_leaves_it_ended()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync();
        var reading = await instance.ValidateAsync(token);
        Time.Advance(TimeSpan.FromMinutes(10));
        await other.Sessions.RevokeAsync(id, "signed-out", Never);

        var touched = await instance.Sessions.TouchAsync(reading, ipAddress: null, Never);

        Assert.Null(touched.Live);
        Assert.Equal("signed-out", touched.Ended!.Reason);
        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task An_address_given_with_a_touch_is_kept_as_the_last_one()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();

        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), "192.0.2.7", Never);

        var found = await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        Assert.Equal("192.0.2.7", View(found.Live!, SessionView.Service, Time.GetUtcNow()).GetProperty("device").GetProperty("lastIpAddress").GetString());
    }

    [Fact]
    public async Task An_address_that_is_the_last_one_already_costs_no_call()
    {
        await using var instance = Instance();
        var (_, token) = await instance.CreateAsync();
        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), "192.0.2.7", Never);
        await instance.ValidateAsync(token);
        var before = Counted.TotalCalls;

        await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), "192.0.2.7", Never);

        Assert.Equal(before, Counted.TotalCalls);
        foreach (var other in (string[])["192.0.2.70", "92.0.2.7", "2001:db8::1"])
        {
            await instance.Sessions.TouchAsync(await instance.ValidateAsync(token), other, Never);
            Assert.True(Counted.TotalCalls > before);
            before = Counted.TotalCalls;
        }
    }

    [Theory]
    [InlineData("Aal1", 30 * 24, 14 * 24 * 60)]
    [InlineData("Aal2", 24, 60)]
    [InlineData("Aal3", 12, 15)]
    public async Task Each_level_has_the_limits_of_NIST_63B(string level, int hours, int idleMinutes)
    {
        await using var instance = Instance();
        var wish = new NewSession { UserId = "alice", AssuranceLevel = Enum.Parse<AssuranceLevel>(level) };

        var live = (await instance.Sessions.CreateAsync(wish, key: null, Never)).Session.Live!;

        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromHours(hours), live.AbsoluteExpiresAt);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(idleMinutes), live.IdleExpiresAt);
    }

    [Fact]
    public async Task A_wish_beyond_the_policy_is_refused_by_name_and_a_shorter_one_is_kept()
    {
        await using var instance = Instance();
        var beyond = await instance.Sessions.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromSeconds(3601) }, key: null, Never);
        var within = await instance.Sessions.CreateAsync(new NewSession { IdleTimeout = TimeSpan.FromSeconds(90) }, key: null, Never);

        Assert.Equal(CreationOutcome.OutsidePolicy, beyond.Outcome);
        Assert.Equal("idleTimeoutSeconds", beyond.Fault!.Member);
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromSeconds(90), within.Session.Live!.IdleExpiresAt);
    }

    [Fact]
    public async Task Expiry_moves_the_end_within_policy_and_zero_ends_the_session()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();

        var shorter = await instance.Sessions.SetExpiryAsync(id, TimeSpan.FromMinutes(5), idleTimeout: null, Never);
        var beyond = await instance.Sessions.SetExpiryAsync(id, TimeSpan.FromDays(2), idleTimeout: null, Never);
        var ended = await instance.Sessions.SetExpiryAsync(id, TimeSpan.Zero, idleTimeout: null, Never);

        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(5), shorter.Session!.AbsoluteExpiresAt);
        Assert.Equal(ChangeOutcome.OutsidePolicy, beyond.Outcome);
        Assert.Equal(ChangeOutcome.Ended, ended.Outcome);
        Assert.Equal(EndReasons.ExpirySet, (await instance.ValidateAsync(token)).Ended!.Reason);
    }

    [Fact]
    public async Task Expiry_counts_the_lifetime_from_the_authentication()
    {
        await using var instance = Instance();
        var (id, token) = await instance.CreateAsync();
        var end = (await instance.ValidateAsync(token)).Live!.AbsoluteExpiresAt;
        Time.Advance(TimeSpan.FromMinutes(20));

        var beyond = await instance.Sessions.SetExpiryAsync(id, end - Time.GetUtcNow() + TimeSpan.FromSeconds(1), idleTimeout: null, Never);
        var longest = await instance.Sessions.SetExpiryAsync(id, end - Time.GetUtcNow(), idleTimeout: null, Never);

        Assert.Equal(ChangeOutcome.OutsidePolicy, beyond.Outcome);
        Assert.Equal(end, longest.Session!.AbsoluteExpiresAt);
    }

    [Fact]
    public async Task Revoke_before_ends_every_older_session_and_no_newer_one()
    {
        await using var instance = Instance();
        var (_, old) = await instance.CreateAsync("alice");
        Assert.True(await instance.IsAcceptedAsync(old));
        Time.Advance(TimeSpan.FromMinutes(1));

        var effectiveBy = await instance.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);
        var (_, young) = await instance.CreateAsync("alice");
        Time.Jump(effectiveBy);

        Assert.False(await instance.IsAcceptedAsync(old));
        Assert.Equal(EndReasons.RevokedBefore, (await instance.ValidateAsync(old)).Ended!.Reason);
        Assert.True(await instance.IsAcceptedAsync(young));
    }
}
