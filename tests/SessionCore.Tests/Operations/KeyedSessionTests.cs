using SessionCore.Sessions;
using Support;

namespace SessionCore.Tests.Operations;

/// <summary>A session that its client finds by a key: saved, read, merged, touched, moved to a user and ended.</summary>
public sealed class KeyedSessionTests : SessionServiceFixture
{
    private static readonly SessionKey Key = CoreHarness.KeyOf("a framework's id");
    private static readonly VersionCondition MustCreate = new() { IfAbsent = true };
    private static readonly VersionCondition MustExist = new() { IfPresent = true };

    [Fact]
    public async Task The_first_save_creates_and_the_next_replaces()
    {
        await using var instance = Instance();

        var first = await instance.SaveAsync(Key, """{"n":1}""");
        var second = await instance.SaveAsync(Key, """{"n":2}""");

        Assert.Equal((KeyedOutcome.Created, KeyedOutcome.Changed), (first.Outcome, second.Outcome));
        Assert.Equal(first.Session!.Id, second.Session!.Id);
        Assert.True(second.Session.DataVersion > first.Session.DataVersion);
        Assert.Equal("""{"n":2}""", await instance.FindDataAsync(Key));
        Assert.Equal("""{"n":2}""", await instance.FindDataAsync(Key, ReadConsistency.Strong));
    }

    [Fact]
    public async Task Another_instance_finds_it_and_sees_every_save()
    {
        await using var instance = Instance();
        await using var other = Instance();
        Assert.Null(await other.FindDataAsync(Key));

        await instance.SaveAsync(Key, """{"n":1}""", userId: "alice");
        Assert.Equal("""{"n":1}""", await other.FindDataAsync(Key));
        await other.SaveAsync(Key, """{"n":2}""");

        Assert.Equal("""{"n":2}""", await instance.FindDataAsync(Key));
    }

    [Fact]
    public async Task Keys_of_two_clients_never_meet()
    {
        await using var instance = Instance();
        var others = CoreHarness.KeyOf("a framework's id", client: "mobile");
        await instance.SaveAsync(Key, """{"n":1}""");

        Assert.Null(await instance.FindDataAsync(others));
        Assert.Equal(KeyedOutcome.Created, (await instance.SaveAsync(others, """{"n":2}""")).Outcome);
        await instance.Sessions.Keyed.RevokeAsync(others, "signed-out", Never);

        Assert.Equal("""{"n":1}""", await instance.FindDataAsync(Key));
    }

    [Fact]
    public async Task A_hint_of_another_session_is_not_believed()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var foreign = CoreHarness.KeyOf("theirs", client: "mobile");
        await instance.SaveAsync(foreign, """{"n":1}""");
        var value = await Cache!.GetAsync(SessionCore.Caching.KeyHints.NameOf(foreign), Never);
        await Cache.LeaseAsync(SessionCore.Caching.KeyHints.NameOf(Key), value!, replaceable: null, TimeSpan.FromHours(1), Never);

        Assert.Null(await other.FindDataAsync(Key));
        Assert.Equal(KeyedOutcome.Unknown, (await other.Sessions.Keyed.MergeAsync(Key, Json("""{"n":2}"""), null, Never)).Outcome);
        Assert.Equal(KeyedOutcome.Created, (await other.SaveAsync(Key, """{"n":3}""")).Outcome);

        Assert.Equal("""{"n":1}""", await instance.FindDataAsync(foreign));
        Assert.Equal("""{"n":3}""", await other.FindDataAsync(Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task Conditions_hold_for_a_key_with_and_without_a_session(string? userId)
    {
        await using var instance = Instance();
        Assert.Equal(KeyedOutcome.VersionMismatch, (await instance.SaveAsync(Key, userId: userId, condition: MustExist)).Outcome);
        Assert.Equal(KeyedOutcome.VersionMismatch, (await instance.SaveAsync(Key, userId: userId, condition: 1)).Outcome);

        var created = await instance.SaveAsync(Key, userId: userId, condition: MustCreate);
        var refused = await instance.SaveAsync(Key, userId: userId, condition: MustCreate);
        var saved = await instance.SaveAsync(Key, """{"n":1}""", userId, condition: created.Session!.DataVersion);
        var stale = await instance.SaveAsync(Key, """{"n":2}""", userId, condition: created.Session.DataVersion);

        Assert.Equal((KeyedOutcome.Created, KeyedOutcome.VersionMismatch), (created.Outcome, refused.Outcome));
        Assert.Equal((KeyedOutcome.Changed, KeyedOutcome.VersionMismatch), (saved.Outcome, stale.Outcome));
        Assert.Equal(saved.Session!.DataVersion, stale.CurrentVersion);
        Assert.Equal("""{"n":1}""", await instance.FindDataAsync(Key));
    }

    [Fact]
    public async Task A_merge_changes_data_alone_and_creates_nothing()
    {
        await using var instance = Instance();
        await using var other = Instance();
        Assert.Equal(KeyedOutcome.Unknown, (await instance.Sessions.Keyed.MergeAsync(Key, Json("{}"), null, Never)).Outcome);
        await instance.SaveAsync(Key, """{"a":1,"b":2}""");

        var merged = await other.Sessions.Keyed.MergeAsync(Key, Json("""{"b":null,"c":3}"""), null, Never);
        var tooLarge = await other.Sessions.Keyed.MergeAsync(Key, Json($$"""{"x":"{{new string('x', NewSession.MaxDataBytes)}}"}"""), null, Never);

        Assert.Equal((KeyedOutcome.Changed, KeyedOutcome.TooLarge), (merged.Outcome, tooLarge.Outcome));
        Assert.Equal("""{"a":1,"c":3}""", await instance.FindDataAsync(Key));
    }

    [Fact]
    public async Task Reading_does_not_extend_it_and_touching_and_saving_do()
    {
        await using var instance = Instance();
        var created = await instance.SaveAsync(Key);
        Time.Advance(TimeSpan.FromMinutes(30));

        var read = (await instance.Sessions.Keyed.FindAsync(Key, ReadConsistency.Cached, Never)).Live!;
        var touched = (await instance.Sessions.Keyed.TouchAsync(Key, ReadConsistency.Cached, ipAddress: null, Never)).Live!;
        Time.Advance(TimeSpan.FromMinutes(30));
        var saved = (await instance.SaveAsync(Key)).Session!;

        Assert.Equal(created.Session!.IdleExpiresAt, read.IdleExpiresAt);
        Assert.Equal(created.Session.IdleExpiresAt.AddMinutes(30), touched.IdleExpiresAt);
        Assert.Equal(created.Session.IdleExpiresAt.AddMinutes(60), saved.IdleExpiresAt);
        Assert.True((await instance.Sessions.Keyed.TouchAsync(CoreHarness.KeyOf("none"), ReadConsistency.Cached, null, Never)).IsUnknown);
    }

    [Fact]
    public async Task What_a_save_does_not_give_stays()
    {
        await using var instance = Instance();
        var wish = new NewSession
        {
            UserId = "alice",
            DataJson = Utf8("{}"),
            ClaimsJson = Utf8("""{"role":"admin"}"""),
            Device = new SessionDevice("Phone", null, null),
            IdleTimeout = TimeSpan.FromMinutes(5),
            AbsoluteLifetime = TimeSpan.FromHours(1),
        };
        await instance.Sessions.Keyed.SaveAsync(Key, wish, null, Never);
        Time.Advance(TimeSpan.FromMinutes(1));

        var kept = View((await instance.SaveAsync(Key, """{"n":1}""")).Session!, SessionView.Service, Time.GetUtcNow());
        var next = new NewSession { DataJson = Utf8("{}"), ClaimsJson = Utf8("{}"), IdleTimeout = TimeSpan.FromMinutes(10), AbsoluteLifetime = TimeSpan.FromHours(2) };
        var changed = View((await instance.Sessions.Keyed.SaveAsync(Key, next, null, Never)).Session!, SessionView.Service, Time.GetUtcNow());

        Assert.Equal(("admin", "Phone", "alice"), (kept.GetProperty("claims").GetProperty("role").GetString(), kept.GetProperty("device").GetProperty("label").GetString(), kept.GetProperty("userId").GetString()));
        Assert.Equal((300, 59 * 60), (kept.GetProperty("idleTimeoutSeconds").GetInt32(), kept.GetProperty("expiresInSeconds").GetInt32()));
        Assert.Empty(changed.GetProperty("claims").EnumerateObject());
        Assert.Equal((600, 2 * 3600), (changed.GetProperty("idleTimeoutSeconds").GetInt32(), changed.GetProperty("expiresInSeconds").GetInt32()));
    }

    [Fact]
    public async Task The_same_save_repeated_is_never_refused_and_never_outlives_the_profile()
    {
        await using var instance = Instance();
        var save = new NewSession { DataJson = Utf8("{}"), AbsoluteLifetime = TimeSpan.FromHours(24) };
        var created = (await instance.Sessions.Keyed.SaveAsync(Key, save, null, Never)).Session!;
        Time.Advance(TimeSpan.FromMinutes(30));

        var again = await instance.Sessions.Keyed.SaveAsync(Key, save, null, Never);
        var outside = await instance.Sessions.Keyed.SaveAsync(Key, save with { AbsoluteLifetime = TimeSpan.FromHours(25) }, null, Never);

        Assert.Equal((KeyedOutcome.Changed, KeyedOutcome.OutsidePolicy), (again.Outcome, outside.Outcome));
        Assert.Equal(created.AbsoluteExpiresAt, again.Session!.AbsoluteExpiresAt);
    }

    [Fact]
    public async Task With_a_user_it_moves_to_the_users_list_under_the_same_key_and_versions_go_on()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var anonymous = await instance.SaveAsync(Key, """{"cart":1}""");
        Assert.Equal("""{"cart":1}""", await other.FindDataAsync(Key));

        var moved = await instance.SaveAsync(Key, """{"cart":2}""", userId: "alice", condition: anonymous.Session!.DataVersion);

        Assert.Equal(KeyedOutcome.Changed, moved.Outcome);
        Assert.NotEqual(anonymous.Session.Id, moved.Session!.Id);
        Assert.True(moved.Session.DataVersion > anonymous.Session.DataVersion);
        Assert.Equal(moved.Session.Id, Assert.Single(await ListAsync(instance, "alice")));
        Assert.Equal("""{"cart":2}""", await other.FindDataAsync(Key));
        Assert.Equal("""{"cart":2}""", await other.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(KeyedOutcome.VersionMismatch, (await other.SaveAsync(Key, condition: anonymous.Session.DataVersion)).Outcome);
        Assert.Null((await other.Sessions.FindAsync(anonymous.Session.Id, ReadConsistency.Cached, Never)).Live);
    }

    [Fact]
    public async Task It_does_not_move_from_one_user_to_another()
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, """{"n":1}""", userId: "alice");

        Assert.Equal(KeyedOutcome.HasUser, (await instance.SaveAsync(Key, """{"n":2}""", userId: "bob")).Outcome);
        Assert.Equal(KeyedOutcome.Changed, (await instance.SaveAsync(Key, """{"n":3}""")).Outcome);

        Assert.Empty(await ListAsync(instance, "bob"));
        Assert.Equal("""{"n":3}""", await instance.FindDataAsync(Key));
    }

    [Fact]
    public async Task It_is_not_rotated()
    {
        await using var instance = Instance();
        var created = await instance.SaveAsync(Key);

        Assert.Equal(RotationOutcome.Keyed, (await instance.Sessions.RotateAsync(created.Session!.Id, new RotationRequest(), Never)).Outcome);
        Assert.Equal(RotationOutcome.Keyed, (await instance.Sessions.RotateAsync(created.Session.Id, new RotationRequest("alice"), Never)).Outcome);

        Assert.Equal("{}", await instance.FindDataAsync(Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task A_late_save_never_revives_an_ended_one(string? userId)
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, userId: userId);
        await other.FindDataAsync(Key);

        Assert.True((await instance.Sessions.Keyed.RevokeAsync(Key, "signed-out", Never)).Found);
        await instance.Sessions.Keyed.RevokeAsync(Key, "again", Never);
        var late = await other.SaveAsync(Key, """{"n":1}""", userId);
        var must = await other.SaveAsync(Key, """{"n":1}""", userId, MustCreate);
        var merged = await other.Sessions.Keyed.MergeAsync(Key, Json("{}"), null, Never);

        Assert.Equal((KeyedOutcome.Ended, KeyedOutcome.Ended, KeyedOutcome.Unknown), (late.Outcome, must.Outcome, merged.Outcome));
        Assert.Equal(("signed-out", Time.GetUtcNow()), late.End);
        Assert.Null(await other.FindDataAsync(Key));
        Assert.Null(await instance.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.False((await instance.Sessions.Keyed.RevokeAsync(CoreHarness.KeyOf("none"), "signed-out", Never)).Found);
    }

    [Fact]
    public async Task Ending_it_by_its_key_after_it_has_moved_ends_the_users_session()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key);
        await other.FindDataAsync(Key);
        await instance.SaveAsync(Key, userId: "alice");

        await other.Sessions.Keyed.RevokeAsync(Key, "signed-out", Never);

        Assert.Null(await instance.FindDataAsync(Key));
        Assert.Empty(await ListAsync(instance, "alice"));
    }

    [Fact]
    public async Task Sign_out_everywhere_ends_it_and_no_save_revives_it()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, userId: "alice");
        await other.FindDataAsync(Key);

        var ended = await instance.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("alice"), null, "signed-out", dryRun: false, Never);

        Assert.Single(ended.Sessions);
        Assert.Equal(KeyedOutcome.Ended, (await other.SaveAsync(Key, userId: "alice")).Outcome);
        Assert.Null(await other.FindDataAsync(Key));
        Assert.Empty(await ListAsync(instance, "alice"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "alice")]
    [InlineData("alice", null)]
    [InlineData("alice", "alice")]
    [InlineData("alice", "bob")]
    public async Task One_that_only_lapsed_is_created_anew_and_the_old_row_says_why_it_ended(string? before, string? after)
    {
        await using var instance = Instance();
        await using var other = Instance();
        var first = await instance.SaveAsync(Key, """{"n":1}""", before);
        await other.FindDataAsync(Key);
        Time.Advance(TimeSpan.FromHours(2));
        Assert.Null(await instance.FindDataAsync(Key));

        var anew = await instance.SaveAsync(Key, """{"n":2}""", after);

        Assert.Equal(KeyedOutcome.Created, anew.Outcome);
        Assert.NotEqual(first.Session!.Id, anew.Session!.Id);
        Assert.True(anew.Session.DataVersion > first.Session.Version);
        Assert.Equal("""{"n":2}""", await other.FindDataAsync(Key));
        var old = (await instance.Sessions.FindAsync(first.Session.Id, ReadConsistency.Strong, Never)).Ended!;
        Assert.Equal((EndReasons.IdleTimeout, true), (old.Reason, old.IsWritten));
        Assert.Equal(after is null ? 0 : 1, after is null ? 0 : (await ListAsync(instance, after)).Count);
    }

    [Fact]
    public async Task At_the_limit_that_denies_nothing_begins_and_the_key_is_free_again()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "1"), ("Sessions:WhenLimitReached", "Deny"));
        var (id, _) = await instance.CreateAsync("alice");

        var refused = await instance.SaveAsync(Key, userId: "alice");
        var anonymous = await instance.SaveAsync(Key, """{"n":1}""");
        var move = await instance.SaveAsync(Key, """{"n":2}""", userId: "alice");
        Assert.Equal("""{"n":1}""", await instance.FindDataAsync(Key));
        await instance.Sessions.RevokeAsync(id, "signed-out", Never);
        var moved = await instance.SaveAsync(Key, """{"n":2}""", userId: "alice");

        Assert.Equal((KeyedOutcome.LimitReached, 1), (refused.Outcome, refused.Limit));
        Assert.Equal((KeyedOutcome.Created, KeyedOutcome.LimitReached, KeyedOutcome.Changed), (anonymous.Outcome, move.Outcome, moved.Outcome));
    }

    [Fact]
    public async Task The_limit_of_a_user_counts_keyed_sessions_and_evicts_them()
    {
        await using var instance = Instance(("Sessions:MaxSessionsPerUser", "2"));
        await instance.SaveAsync(Key, userId: "alice");
        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.CreateAsync("alice");
        Time.Advance(TimeSpan.FromSeconds(1));
        await instance.CreateAsync("alice");

        Assert.Equal(2, (await ListAsync(instance, "alice")).Count);
        Assert.Null(await instance.FindDataAsync(Key));
        Assert.Equal((KeyedOutcome.Ended, EndReasons.Evicted), await instance.SaveAsync(Key, userId: "alice") is { } late ? (late.Outcome, late.End!.Value.Reason) : default);
    }

    private static async Task<IReadOnlyList<SessionId>> ListAsync(CoreHarness instance, string userId)
    {
        var partition = SessionLocator.PartitionOf(userId);
        var page = await instance.Sessions.ListAsync(partition, SessionListState.Live, 100, null, ReadConsistency.Strong, Never);
        Assert.Equal(page.Sessions.Count, (await instance.Sessions.CountAsync(partition, ReadConsistency.Strong, Never)).Count);
        return [.. page.Sessions.Select(session => session.Live!.Id)];
    }
}
