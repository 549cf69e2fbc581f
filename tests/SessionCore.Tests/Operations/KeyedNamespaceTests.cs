using SessionCore.Sessions;
using Support;

namespace SessionCore.Tests.Operations;

/// <summary>A client ends all of its keyed sessions: they alone end, everywhere, and stay so.</summary>
public sealed class KeyedNamespaceTests : SessionServiceFixture
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");
    private static readonly SessionKey Key = CoreHarness.KeyOf("one");
    private static readonly SessionKey Theirs = CoreHarness.KeyOf("one", client: "mobile");

    [Fact]
    public async Task All_of_the_client_end_and_no_other()
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, userId: "alice");
        await instance.SaveAsync(Theirs, userId: "alice");
        var created = await instance.Sessions.CreateAsync(new NewSession { UserId = "alice", Client = "web" }, key: null, Never);

        await instance.Sessions.Keyed.RevokeAllAsync("web", Never);

        Assert.Null(await instance.FindDataAsync(Key));
        Assert.Null(await instance.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal("{}", await instance.FindDataAsync(Theirs));
        Assert.True(await instance.IsAcceptedAsync(created.Token!.Reveal(), ReadConsistency.Strong));
        var late = await instance.SaveAsync(Key, userId: "alice");
        Assert.Equal((KeyedOutcome.Ended, EndReasons.KeysRevoked), (late.Outcome, late.End?.Reason));
    }

    [Fact]
    public async Task A_key_that_is_new_afterwards_begins_at_once()
    {
        await using var instance = Instance();
        await instance.Sessions.Keyed.RevokeAllAsync("web", Never);

        Assert.Equal(KeyedOutcome.Created, (await instance.SaveAsync(Key)).Outcome);
        Assert.Equal("{}", await instance.FindDataAsync(Key, ReadConsistency.Strong));
    }

    [Fact]
    public async Task Every_reader_knows_it_lists_counts_dry_runs_and_sign_out()
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, userId: "alice");
        var (id, _) = await instance.CreateAsync("alice");

        await instance.Sessions.Keyed.RevokeAllAsync("web", Never);

        var live = await instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Strong, Never);
        var ended = await instance.Sessions.ListAsync(Alice, SessionListState.Ended, 100, null, ReadConsistency.Strong, Never);
        Assert.Equal(id, Assert.Single(live.Sessions).Live!.Id);
        Assert.Equal(EndReasons.KeysRevoked, Assert.Single(ended.Sessions).Ended!.Reason);
        Assert.Equal(1, (await instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never)).Count);
        Assert.Single((await instance.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: true, Never)).Sessions);
        Assert.Single((await instance.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, Never)).Sessions);
    }

    [Fact]
    public async Task No_instance_accepts_one_after_the_promised_time()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key);
        Assert.Equal("{}", await other.FindDataAsync(Key));

        var effectiveBy = await instance.Sessions.Keyed.RevokeAllAsync("web", Never);
        Time.Advance(effectiveBy - Time.GetUtcNow());

        Assert.Null(await other.FindDataAsync(Key));
        Assert.Equal(KeyedOutcome.Ended, (await other.SaveAsync(Key)).Outcome);
    }

    [Fact]
    public async Task A_session_that_moves_where_the_instant_is_not_known_yet_ends_with_the_others()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key);
        Assert.Equal("{}", await other.FindDataAsync(Key));
        var effectiveBy = await instance.Sessions.Keyed.RevokeAllAsync("web", Never);
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(KeyedOutcome.Changed, (await other.SaveAsync(Key, userId: "alice")).Outcome);
        Time.Advance(effectiveBy - Time.GetUtcNow());

        Assert.Null(await other.FindDataAsync(Key));
        Assert.Equal(KeyedOutcome.Ended, (await other.SaveAsync(Key, userId: "alice")).Outcome);
    }

    [Fact]
    public async Task The_instants_of_clients_and_of_the_deployment_do_not_take_each_other_back()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key);
        await instance.SaveAsync(Theirs);
        await instance.Sessions.Keyed.RevokeAllAsync("web", Never);
        await other.Sessions.RevokeBeforeAsync(Time.GetUtcNow().AddDays(-1), Never);
        await other.Sessions.Keyed.RevokeAllAsync("tablet", Never);

        Assert.Null(await other.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal("{}", await other.FindDataAsync(Theirs, ReadConsistency.Strong));

        Time.Advance(TimeSpan.FromSeconds(1));
        await other.Sessions.RevokeBeforeAsync(Time.GetUtcNow(), Never);
        Assert.Equal(EndReasons.RevokedBefore, (await other.SaveAsync(Theirs)).End?.Reason);
        Assert.Equal(KeyedOutcome.Ended, (await instance.SaveAsync(Key)).Outcome);
    }
}
