using System.Text.Json.Nodes;
using SessionFunctions.Client;

namespace SessionClient.Tests;

/// <summary>Sessions under keys against the real host.</summary>
[Collection(nameof(RunningApi))]
public sealed class KeyedSessionsClientTests(RunningApi api) : IAsyncLifetime
{
    private readonly TestedClient _client = new(api.Address, api.ServiceKey);

    private KeyedSessionsClient Keyed => _client.Sessions.Keyed;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task A_save_creates_then_saves_and_a_read_sees_it()
    {
        var key = RunningApi.NewKey();

        var created = await Keyed.SaveAsync(key, Saved(1));
        var saved = await Keyed.SaveAsync(key, Saved(2) with { IdleTimeout = TimeSpan.FromMinutes(5) });
        var read = await Keyed.GetAsync(key);

        Assert.Equal((KeyedSaveOutcome.Created, KeyedSaveOutcome.Saved), (created.Outcome, saved.Outcome));
        Assert.Equal(2, read?.Data?.GetProperty("n").GetInt32());
        Assert.Equal(TimeSpan.FromMinutes(5), read?.IdleTimeout);
        Assert.Equal(saved.ETag, read?.ETag);
    }

    [Fact]
    public async Task A_conditional_save_is_made_only_when_its_condition_is_met()
    {
        var key = RunningApi.NewKey();

        var created = await Keyed.SaveAsync(key, Saved(1), SaveCondition.MustCreate);
        var again = await Keyed.SaveAsync(key, Saved(2), SaveCondition.MustCreate);
        var saved = await Keyed.SaveAsync(key, Saved(3), SaveCondition.Matches(created.ETag!));
        var late = await Keyed.SaveAsync(key, Saved(4), SaveCondition.Matches(created.ETag!));

        Assert.Equal(KeyedSaveOutcome.Created, created.Outcome);
        Assert.Equal(KeyedSaveOutcome.ConditionFailed, again.Outcome);
        Assert.Equal(KeyedSaveOutcome.Saved, saved.Outcome);
        Assert.Equal((KeyedSaveOutcome.ConditionFailed, saved.ETag), (late.Outcome, late.ETag));
    }

    [Fact]
    public async Task A_late_save_never_revives()
    {
        var key = RunningApi.NewKey();
        await Keyed.SaveAsync(key, Saved(1));

        await Keyed.EndAsync(key, "signed-out");
        await Keyed.EndAsync(key, "signed-out");
        var late = await Keyed.SaveAsync(key, Saved(2));

        Assert.Equal((KeyedSaveOutcome.Ended, "signed-out"), (late.Outcome, late.EndReason));
        Assert.NotNull(late.EndedAt);
        Assert.Null(await Keyed.GetAsync(key));
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_a_session_under_a_key()
    {
        var (key, user) = (RunningApi.NewKey(), RunningApi.NewUser());
        await Keyed.SaveAsync(key, Saved(1));
        await Keyed.SaveAsync(key, Saved(1) with { UserId = user, Claims = new JsonObject { ["role"] = "user" } });

        await _client.Sessions.RevokeAllAsync(user);

        Assert.Null(await Keyed.GetAsync(key));
        Assert.Equal(KeyedSaveOutcome.Ended, (await Keyed.SaveAsync(key, Saved(2))).Outcome);
    }

    [Fact]
    public async Task Two_merges_are_both_kept()
    {
        var key = RunningApi.NewKey();
        await Keyed.SaveAsync(key, Saved(1));

        var writes = await Task.WhenAll(Keyed.MergeAsync(key, new JsonObject { ["a"] = 1 }), Keyed.MergeAsync(key, new JsonObject { ["b"] = 2 }));
        var read = await Keyed.GetAsync(key);

        Assert.All(writes, write => Assert.Equal(ContentWriteOutcome.Written, write.Outcome));
        Assert.Equal((1, 1, 2), (Number(read, "n"), Number(read, "a"), Number(read, "b")));
    }

    [Fact]
    public async Task A_key_without_a_session_is_absent_everywhere()
    {
        var key = RunningApi.NewKey();

        Assert.Null(await Keyed.GetAsync(key));
        Assert.Null(await Keyed.TouchAsync(key));
        Assert.Equal(ContentWriteOutcome.NotFound, (await Keyed.MergeAsync(key, [])).Outcome);
        Assert.Null((await Keyed.EndAsync(key)).EffectiveBy);
    }

    [Fact]
    public async Task A_touch_renews_the_session_of_a_key()
    {
        var key = RunningApi.NewKey();
        await Keyed.SaveAsync(key, Saved(1));

        Assert.Equal("192.0.2.3", (await Keyed.TouchAsync(key, "192.0.2.3"))?.Device?.LastIpAddress);
    }

    [Fact]
    public async Task Another_users_session_is_refused()
    {
        var key = RunningApi.NewKey();
        await Keyed.SaveAsync(key, Saved(1) with { UserId = RunningApi.NewUser() });

        var refusal = await Assert.ThrowsAsync<SessionsException>(() => Keyed.SaveAsync(key, Saved(1) with { UserId = RunningApi.NewUser() }));

        Assert.Equal((409, "session-has-user"), (refusal.Status, refusal.ProblemType));
    }

    [Fact]
    public async Task All_sessions_under_keys_end_together_and_new_ones_begin()
    {
        var (old, next) = (RunningApi.NewKey(), RunningApi.NewKey());
        await Keyed.SaveAsync(old, Saved(1));

        var revocation = await Keyed.EndAllAsync();

        Assert.NotNull(revocation.EffectiveBy);
        Assert.Null(await Keyed.GetAsync(old, ReadConsistency.Strong));
        Assert.Equal(KeyedSaveOutcome.Created, (await Keyed.SaveAsync(next, Saved(1))).Outcome);
    }

    [Fact]
    public async Task A_key_is_the_hash_of_the_id_and_never_empty()
    {
        Assert.Equal("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", SessionKey.Of("abc").ToString());
        Assert.Equal(SessionKey.Of("abc"), SessionKey.Of("abc"u8));
        Assert.NotEqual(SessionKey.Of("abc"), SessionKey.Of("abd"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Keyed.GetAsync(default));
    }

    private static KeyedSession Saved(int number) => new() { Data = new JsonObject { ["n"] = number } };

    private static int? Number(Session? session, string name) => session?.Data?.GetProperty(name).GetInt32();
}
