using SessionCore.Sessions;
using Support;
using Support.Caching;
using Support.Tables;

namespace SessionCore.Tests.Operations;

/// <summary>Saves, moves and ends of one key at once, on several instances.</summary>
public sealed class KeyedRaceTests : SessionRaceFixture
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");
    private static readonly SessionKey Key = CoreHarness.KeyOf("one");
    private static readonly VersionCondition MustCreate = new() { IfAbsent = true };

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task Of_64_saves_at_once_that_must_create_exactly_one_does(string? userId)
    {
        await using var one = Instance();
        await using var two = Instance();

        var saves = await EndAsync(Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).SaveAsync(Key, $$"""{"n":{{i}}}""", userId, MustCreate)))));

        var winner = Assert.Single(saves, save => save.Outcome is KeyedOutcome.Created);
        Assert.All(saves.Where(save => save != winner), save => Assert.Equal(KeyedOutcome.VersionMismatch, save.Outcome));
        Assert.Equal(winner.Session!.Id, (await two.Sessions.Keyed.FindAsync(Key, ReadConsistency.Strong, Never)).Live!.Id);
    }

    [Fact]
    public async Task A_read_between_the_key_and_its_session_hides_nothing_afterwards()
    {
        await using var instance = Instance();
        await using var other = Instance();
        Once(operation => operation.Moment is TableMoment.After && IsKeyWrite(operation), async () => Assert.Null(await other.FindDataAsync(Key)));

        await instance.SaveAsync(Key, userId: "alice");

        Assert.Equal("{}", await other.FindDataAsync(Key));
    }

    [Fact]
    public async Task A_read_between_two_halves_of_a_move_finds_the_session_all_the_time()
    {
        await using var instance = Instance();
        await using var other = Instance();
        Lost = CacheOperationKind.Lease;
        await instance.SaveAsync(Key, """{"n":1}""");

        // The reader, which has no hint, has read the key's row before the move, and goes on after it.
        Once(
            operation => operation.Moment is TableMoment.After && operation.Kind is TableOperationKind.Find && operation.RowKey!.StartsWith("k_", StringComparison.Ordinal),
            () => instance.SaveAsync(Key, """{"n":2}""", userId: "alice"));

        Assert.Equal("""{"n":2}""", await EndAsync(other.FindDataAsync(Key, ReadConsistency.Strong)));
    }

    [Fact]
    public async Task An_end_that_meets_a_move_ends_the_users_session()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key);
        Once(
            operation => operation.Moment is TableMoment.After && operation.Kind is TableOperationKind.Find && operation.RowKey!.StartsWith("k_", StringComparison.Ordinal),
            () => instance.SaveAsync(Key, userId: "alice"));

        await EndAsync(other.Sessions.Keyed.RevokeAsync(Key, "signed-out", Never));

        Assert.Null(await instance.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(0, await LiveSessionsAsync(instance));
    }

    [Fact]
    public async Task A_save_that_meets_a_move_loses_nothing()
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, """{"n":1}""");
        await other.FindDataAsync(Key);
        Once(IsEndOfTheAnonymous, () => other.SaveAsync(Key, """{"n":2}"""));

        var moved = await EndAsync(instance.SaveAsync(Key, """{"n":3}""", userId: "alice"));

        Assert.Equal(KeyedOutcome.Changed, moved.Outcome);
        Assert.Equal("""{"n":3}""", await other.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(1, await LiveSessionsAsync(instance));
    }

    [Fact]
    public async Task A_conditional_move_does_not_overwrite_a_save_that_was_faster()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var created = await instance.SaveAsync(Key, """{"n":1}""");
        await other.FindDataAsync(Key);
        Once(IsEndOfTheAnonymous, () => other.SaveAsync(Key, """{"n":2}"""));

        var moved = await EndAsync(instance.SaveAsync(Key, """{"n":3}""", userId: "alice", condition: created.Session!.DataVersion));

        Assert.Equal(KeyedOutcome.VersionMismatch, moved.Outcome);
        Assert.Equal("""{"n":2}""", await other.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(0, await LiveSessionsAsync(instance));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    public async Task Two_moves_at_once_leave_one_session(string second)
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, """{"n":1}""");
        await other.FindDataAsync(Key);
        Once(IsEndOfTheAnonymous, () => other.SaveAsync(Key, """{"n":2}""", userId: second));

        var first = await EndAsync(instance.SaveAsync(Key, """{"n":3}""", userId: "alice"));

        Assert.Equal(second == "alice" ? KeyedOutcome.Changed : KeyedOutcome.HasUser, first.Outcome);
        Assert.Equal(second == "alice" ? """{"n":3}""" : """{"n":2}""", await instance.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(second == "alice" ? 1 : 0, await LiveSessionsAsync(instance));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_touch_that_is_faster_than_the_end_of_a_lapsed_one_keeps_it(bool isBeforeItsSecondRead)
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, """{"n":1}""");
        var reading = await other.Sessions.Keyed.FindAsync(Key, ReadConsistency.Strong, Never);
        Time.Advance(TimeSpan.FromMinutes(59));
        var due = Time.GetUtcNow();
        Time.Jump(due.AddMinutes(2));
        var reads = 0;
        Once(
            operation => operation.Moment is TableMoment.Before
                && (isBeforeItsSecondRead ? operation.Kind is TableOperationKind.Find && operation.RowKey!.StartsWith("s_", StringComparison.Ordinal) && ++reads == 2 : operation.Kind is TableOperationKind.WriteAll),
            async () =>
            {
                Time.Jump(due);
                await other.Sessions.TouchAsync(reading, null, Never);
            });

        var saved = await EndAsync(instance.SaveAsync(Key, """{"n":2}"""));

        Assert.Equal(KeyedOutcome.Changed, saved.Outcome);
        Assert.Equal(reading.Live!.Id, saved.Session!.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_save_does_not_revive_what_was_ended_since_it_was_found_to_have_lapsed(int read)
    {
        await using var instance = Instance();
        await using var other = Instance();
        await instance.SaveAsync(Key, """{"n":1}""");
        Time.Advance(TimeSpan.FromMinutes(59));
        var live = Time.GetUtcNow();
        Time.Jump(live.AddMinutes(2));
        var reads = 0;
        Once(
            operation => operation.Moment is TableMoment.Before
                && operation.Kind is TableOperationKind.Find && operation.RowKey!.StartsWith("s_", StringComparison.Ordinal) && ++reads == read,
            () =>
            {
                // By the clock of the other instance it is live, so it is ended before its time.
                Time.Jump(live);
                return other.Sessions.Keyed.RevokeAsync(Key, "revoked", Never);
            });

        var late = await EndAsync(instance.SaveAsync(Key, """{"n":2}"""));

        Assert.Equal((KeyedOutcome.Ended, "revoked"), (late.Outcome, late.End?.Reason));
        Assert.Null(await other.FindDataAsync(Key, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_creator_that_comes_after_it_was_given_up_begins_anew_and_leaves_one_session()
    {
        await using var slow = Instance();
        await using var other = Instance();
        KeyedChange? faster = null;
        Once(
            operation => operation.Moment is TableMoment.Before && operation.Kind is TableOperationKind.WriteAll,
            async () =>
            {
                Time.Advance(TimeSpan.FromMinutes(1));
                faster = await EndAsync(other.SaveAsync(Key, """{"n":2}""", userId: "alice", condition: MustCreate));
            });

        var late = await EndAsync(slow.SaveAsync(Key, """{"n":1}""", userId: "alice", condition: MustCreate));

        Assert.Equal((KeyedOutcome.Created, KeyedOutcome.VersionMismatch), (faster!.Outcome, late.Outcome));
        Assert.Equal("""{"n":2}""", await slow.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.Equal(1, await LiveSessionsAsync(slow));
    }

    [Fact]
    public async Task Fifty_late_saves_racing_a_sign_out_everywhere_leave_none_live_and_revive_none()
    {
        // The clock runs while they wait for one another, and no session is to lapse meanwhile.
        (string, string) longLived = ("Sessions:DefaultAssuranceLevel", "Aal1");
        await using var one = Instance(longLived);
        await using var two = Instance(longLived);
        for (var round = 0; round < 1000; round++)
        {
            var keys = Enumerable.Range(0, 5).Select(i => CoreHarness.KeyOf($"{round}/{i}")).ToArray();
            foreach (var key in keys)
            {
                await one.SaveAsync(key, userId: "alice");
            }

            var saves = Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
                (i % 2 == 0 ? one : two).SaveAsync(keys[i % 5], $$"""{"n":{{i}}}""", i % 3 == 0 ? "alice" : null))));
            var signOut = Task.Run(() => two.Sessions.RevokeAllAsync(Alice, null, "signed-out", dryRun: false, Never));
            await EndAsync(signOut);
            Assert.Equal(0, await LiveSessionsAsync(one));
            var outcomes = (await EndAsync(saves)).Select(save => save.Outcome).ToArray();

            Assert.All(outcomes, outcome => Assert.True(outcome is KeyedOutcome.Changed or KeyedOutcome.Ended, $"{round}: {outcome}"));
            Assert.Equal(0, await LiveSessionsAsync(one));
            foreach (var key in keys)
            {
                Assert.Null(await two.FindDataAsync(key));
            }
        }
    }

    private static bool IsKeyWrite(TableOperation operation) =>
        operation.Kind is TableOperationKind.Write && operation.RowKey!.StartsWith("k_", StringComparison.Ordinal);

    // The move's last transaction: the key's row, the head and the end in the key's partition.
    private static bool IsEndOfTheAnonymous(TableOperation operation) =>
        operation.Moment is TableMoment.Before && operation.Kind is TableOperationKind.WriteAll
        && operation.PartitionKey == SessionLocator.Hex(Key.Partition);

    private static async Task<int> LiveSessionsAsync(CoreHarness instance) =>
        (await instance.Sessions.ListAsync(Alice, SessionListState.Live, 100, null, ReadConsistency.Strong, Never)).Sessions.Count;
}
