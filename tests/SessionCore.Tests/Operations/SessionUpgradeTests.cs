using SessionCore.Sessions;
using Support;
using Support.Tables;

namespace SessionCore.Tests.Operations;

/// <summary>An anonymous session is upgraded once, even with concurrent upgrades and changes.</summary>
public sealed class SessionUpgradeTests : SessionRaceFixture
{
    private static readonly UInt128 Alice = SessionLocator.PartitionOf("alice");

    [Fact]
    public async Task Asked_for_twice_at_once_it_gives_both_the_same_token_and_loses_no_data()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        Rotation? first = null;
        Once(IsEndOfTheAnonymous, async () =>
        {
            first = await other.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);
            await other.Sessions.ReplaceDataAsync(first.Session!.Id, "{\"cart\":1}"u8.ToArray(), ifVersion: null, Never);
        });

        var second = await EndAsync(instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never));

        Assert.Equal(RotationOutcome.Rotated, second.Outcome);
        Assert.Equal(first!.Token!.Reveal(), second.Token!.Reveal());
        Assert.Equal("{\"cart\":1}", System.Text.Encoding.UTF8.GetString((await instance.ValidateAsync(second.Token.Reveal())).Live!.DataJson));
        Assert.Equal(1, await LiveSessionsAsync(instance));
    }

    [Fact]
    public async Task Asked_for_again_after_a_lost_answer_it_gives_the_same_session_and_token()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        var first = await instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);

        var again = await instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);
        var toAnother = await instance.Sessions.RotateAsync(id, new RotationRequest("bob"), Never);

        Assert.Equal(first.Session!.Id, again.Session!.Id);
        Assert.Equal(first.Token!.Reveal(), again.Token!.Reveal());
        Assert.Equal(RotationOutcome.Unknown, toAnother.Outcome);
    }

    [Fact]
    public async Task Asked_for_again_with_another_level_it_does_not_give_the_token_of_the_first()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        await instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);

        var higher = await instance.Sessions.RotateAsync(id, new RotationRequest("alice", AssuranceLevel.Aal3), Never);

        Assert.Equal(RotationOutcome.Unknown, higher.Outcome);
        Assert.Null(higher.Token);
    }

    [Fact]
    public async Task Asked_for_again_with_other_facts_it_does_not_give_the_token_of_the_first()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        var request = new RotationRequest("alice") { AuthenticationMethods = [] };
        var first = await instance.Sessions.RotateAsync(id, request, Never);
        RotationRequest[] others =
        [
            request with { AuthenticationMethods = null },
            request with { AuthenticationMethods = ["pwd"] },
            request with { IsPersistent = false },
            request with { IsPersistent = true },
        ];

        Assert.Equal(first.Token!.Reveal(), (await instance.Sessions.RotateAsync(id, request with { AuthenticationMethods = [] }, Never)).Token!.Reveal());
        foreach (var other in others)
        {
            Assert.Null((await instance.Sessions.RotateAsync(id, other, Never)).Token);
        }
    }

    [Fact]
    public async Task It_takes_along_what_was_written_while_it_copied()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        Once(IsEndOfTheAnonymous, () => other.Sessions.ReplaceDataAsync(id, "{\"cart\":1}"u8.ToArray(), ifVersion: null, Never));

        var rotation = await EndAsync(instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never));

        Assert.Equal("{\"cart\":1}", System.Text.Encoding.UTF8.GetString(rotation.Session!.DataJson));
        Assert.Equal(1, await LiveSessionsAsync(instance));
    }

    [Fact]
    public async Task It_leaves_nothing_behind_when_the_anonymous_session_ends_first()
    {
        await using var instance = Instance();
        await using var other = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        Once(IsEndOfTheAnonymous, () => other.Sessions.RevokeAsync(id, "signed-out", Never));

        var rotation = await EndAsync(instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never));

        Assert.Equal(RotationOutcome.Unknown, rotation.Outcome);
        Assert.Equal(0, await LiveSessionsAsync(instance));
    }

    [Fact]
    public async Task It_begins_anew_when_a_sign_out_everywhere_takes_its_copy()
    {
        await using var instance = Instance();
        var (id, _) = await instance.CreateAsync(userId: null);
        Once(IsEndOfTheAnonymous, () => throw new OperationCanceledException("The instance stops here."));
        await Assert.ThrowsAsync<OperationCanceledException>(() => instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never));
        await instance.Sessions.RevokeAllAsync(Alice, except: null, "signed-out", dryRun: false, Never);

        var rotation = await instance.Sessions.RotateAsync(id, new RotationRequest("alice"), Never);

        Assert.True(await instance.IsAcceptedAsync(rotation.Token!.Reveal()));
    }

    // The transaction that removes the anonymous session's head; the user's own is inserted before.
    private static bool IsEndOfTheAnonymous(TableOperation operation) =>
        operation is { Kind: TableOperationKind.WriteAll, Moment: TableMoment.Before } && operation.Writes.All(write => write.ETag is not null);

    private static async Task<int> LiveSessionsAsync(CoreHarness instance) =>
        (await instance.Sessions.CountAsync(Alice, ReadConsistency.Strong, Never)).Count;
}
