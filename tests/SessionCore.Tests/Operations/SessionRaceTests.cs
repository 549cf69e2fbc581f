using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Caching;
using Support.Tables;

namespace SessionCore.Tests.Operations;

public sealed class SessionRaceTests : SessionRaceFixture
{
    [Fact]
    public async Task A_session_that_comes_during_a_sign_out_everywhere_is_counted()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (first, _) = await instance.CreateAsync();
        var isRevoked = false;
        Once(operation => operation is { Kind: TableOperationKind.WriteAll, Moment: TableMoment.Before }, async () =>
        {
            await other.Sessions.RevokeAsync(first, "other", Never);
            isRevoked = true;
        });
        Once(operation => isRevoked && IsHead(operation) && operation is { Moment: TableMoment.Before }, () => other.CreateAsync());

        await EndAsync(instance.Sessions.RevokeAllAsync(first.Locator.Partition, except: null, "signed-out", dryRun: false, Never));

        var sessions = Table.Snapshot().Where(row => row.RowKey.StartsWith("s_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, sessions.Length);
        Assert.All(sessions, row => Assert.Equal("ended", row.GetString("state")));
    }

    [Fact]
    public async Task A_sign_out_everywhere_answers_for_a_session_whose_tombstone_is_missing()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync();
        Assert.True(await other.IsAcceptedAsync(token));
        Lost = CacheOperationKind.Entomb;
        Assert.NotNull((await instance.Sessions.RevokeAsync(id, "signed-out", Never)).EffectiveBy);

        var unconfirmed = await other.Sessions.RevokeAllAsync(id.Locator.Partition, except: null, "signed-out", dryRun: false, Never);
        Assert.NotNull(unconfirmed.EffectiveBy);

        Lost = null;
        var confirmed = await instance.Sessions.RevokeAllAsync(id.Locator.Partition, except: null, "signed-out", dryRun: false, Never);
        Assert.Null(confirmed.EffectiveBy);
        await using var third = Instance();
        Assert.False(await third.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_count_knows_of_a_revocation_that_the_cache_did_not_confirm()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync();
        Assert.Equal(1, (await instance.Sessions.CountAsync(id.Locator.Partition, ReadConsistency.Cached, Never)).Count);
        Lost = CacheOperationKind.Entomb;

        await instance.Sessions.RevokeAsync(id, "signed-out", Never);

        Assert.Equal(0, (await instance.Sessions.CountAsync(id.Locator.Partition, ReadConsistency.Cached, Never)).Count);
    }

    [Fact]
    public async Task A_create_that_another_instance_finishes_first_does_not_evict_its_own_session()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "1"));
        await using var other = Instance(("Sessions:MaxSessionsPerUser", "1"));
        var key = new IdempotencyKey("service", "key", new byte[32]);
        Creation? first = null;
        Once(
            operation => IsHead(operation) && operation.Moment is TableMoment.Before,
            async () => first = await other.Sessions.CreateAsync(new NewSession { UserId = "alice" }, key, Never));

        var second = await EndAsync(instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, key, Never));

        Assert.Equal(CreationOutcome.Replayed, second.Outcome);
        Assert.Equal(first!.Token!.Reveal(), second.Token!.Reveal());
        Assert.True(await other.IsAcceptedAsync(second.Token.Reveal()));
    }

    [Fact]
    public async Task A_create_repeated_after_its_session_lapsed_and_made_room_says_that_it_ended()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "1"));
        var key = new IdempotencyKey("service", "key", new byte[32]);
        var wish = new NewSession { UserId = "alice", IdleTimeout = TimeSpan.FromSeconds(4) };
        var first = await instance.Sessions.CreateAsync(wish, key, Never);
        Time.Advance(TimeSpan.FromSeconds(5));
        await instance.CreateAsync();

        var again = await instance.Sessions.CreateAsync(wish, key, Never);

        Assert.Equal(CreationOutcome.Replayed, again.Outcome);
        Assert.Equal(EndReasons.IdleTimeout, again.Session.Ended!.Reason);
        Assert.Equal(first.Session.Live!.Id, again.Session.Ended.Id);
    }

    [Fact]
    public async Task A_touch_carries_no_entry_past_a_revoke_before()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var created = await other.Sessions.CreateAsync(
            new NewSession { UserId = "alice", IdleTimeout = TimeSpan.FromSeconds(10) }, key: null, Never);
        var token = created.Token!.Reveal();
        Assert.True(await instance.IsAcceptedAsync(token));

        var effectiveBy = await other.Sessions.RevokeBeforeAsync(Time.GetUtcNow().AddMilliseconds(1), Never);
        while (Time.GetUtcNow() < effectiveBy)
        {
            if (await instance.ValidateAsync(token) is { Live: not null } reading)
            {
                await instance.Sessions.TouchAsync(reading, ipAddress: null, Never);
            }

            Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(await instance.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_touch_that_comes_too_late_revives_nothing()
    {
        await using var instance = Instance();
        var created = await instance.Sessions.CreateAsync(
            new NewSession { UserId = "alice", IdleTimeout = TimeSpan.FromSeconds(10) }, key: null, Never);
        var reading = await instance.ValidateAsync(created.Token!.Reveal());
        Time.Advance(TimeSpan.FromSeconds(10));

        var touched = await instance.Sessions.TouchAsync(reading, ipAddress: null, Never);

        Assert.Equal(EndReasons.IdleTimeout, touched.Ended!.Reason);
        Assert.False(await instance.IsAcceptedAsync(created.Token.Reveal(), ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_users_rotation_asked_for_again_confirms_what_the_cache_had_not()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await using var third = Instance(("Sessions:RotationGrace", "00:00:02"));
        var (_, token) = await instance.CreateAsync();
        Assert.True(await third.IsAcceptedAsync(token));
        Lost = CacheOperationKind.Refresh;
        Assert.True((await instance.Sessions.RotateOwnAsync(Token(instance, token), Never)).Degraded);
        Assert.True((await other.Sessions.RotateOwnAsync(Token(other, token), Never)).Degraded);

        Lost = null;
        Assert.False((await other.Sessions.RotateOwnAsync(Token(other, token), Never)).Degraded);
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(await third.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_and_that_is_overwritten_is_neither_told_nor_denied()
    {
        await using var instance = Instance(("Sessions:RotationGrace", "00:00:00"));
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync();
        Once(operation => operation is { Kind: TableOperationKind.Write, Moment: TableMoment.After }, async () =>
        {
            await other.Sessions.ReplaceDataAsync(id, "{}"u8.ToArray(), ifVersion: null, Never);
            throw new StoreUnavailableException("The answer is lost.");
        });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => instance.Sessions.RotateOwnAsync(Token(instance, token), Never));
    }

    [Fact]
    public async Task A_write_that_took_longer_than_an_entry_lives_leaves_no_entry_from_before_it()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync("alice", """{"n":0}""");
        Once(IsChange, async () =>
        {
            Time.Advance(TimeSpan.FromSeconds(31));
            await other.ValidateAsync(token);
        });

        await instance.Sessions.ReplaceDataAsync(id, """{"n":1}"""u8.ToArray(), ifVersion: null, Never);

        Assert.Equal("""{"n":1}""", System.Text.Encoding.UTF8.GetString((await other.ValidateAsync(token)).Live!.DataJson));

        static bool IsChange(TableOperation operation) => operation is { Kind: TableOperationKind.Write, Moment: TableMoment.Before };
    }

    [Fact]
    public async Task A_write_whose_try_was_lost_and_that_another_overtook_is_made_again()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, token) = await instance.CreateAsync("alice", """{"n":0}""");
        Once(operation => operation is { Kind: TableOperationKind.Write, Moment: TableMoment.Before }, async () =>
        {
            await other.Sessions.ReplaceDataAsync(id, """{"n":2}"""u8.ToArray(), ifVersion: null, Never);
            throw new StoreUnavailableException("The try is lost.");
        });

        var change = await EndAsync(instance.Sessions.ReplaceDataAsync(id, """{"n":1}"""u8.ToArray(), ifVersion: null, Never));

        Assert.Equal(ChangeOutcome.Changed, change.Outcome);
        Assert.Equal("""{"n":1}""", System.Text.Encoding.UTF8.GetString((await other.ValidateAsync(token, ReadConsistency.Strong)).Live!.DataJson));
    }
}
