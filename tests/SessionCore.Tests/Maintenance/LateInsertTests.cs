using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Tables;

namespace SessionCore.Tests.Maintenance;

/// <summary>A try of an insert that was given up, and takes effect when a later try has long succeeded (docs/architecture.md, "What is promised").</summary>
public sealed class LateInsertTests : MaintenanceFixture
{
    [Fact]
    public async Task What_a_late_try_brings_back_after_the_purge_has_lapsed_and_goes_again()
    {
        await using var instance = Instance();
        var (token, late) = await CreateAndKeepTryAsync(instance);
        Time.Jump(Now.AddHours(3));
        await PurgeAsync();
        Assert.Empty(Rows());
        Assert.Equal(TableOutcome.AlreadyExists, (await Sessions.WriteAllAsync(late, Never)).Outcome);

        // The head stands in the way until the rebuild takes it.
        await RebuildAsync();
        Assert.True((await Sessions.WriteAllAsync(late, Never)).IsWritten);

        Assert.False(await instance.IsAcceptedAsync(token));
        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
        Assert.Equal(1, (await RebuildAsync())[MaintenanceCount.DueDrift]);
        await PurgeAsync();
        Assert.Empty(Rows());
        StoreAudit.HeadsAreExact(Sessions.Snapshot());
    }

    [Fact]
    public async Task What_a_late_try_brings_back_after_a_revoke_before_is_still_older_than_that()
    {
        await using var instance = Instance();
        var (token, late) = await CreateAndKeepTryAsync(instance);
        await instance.Sessions.RevokeBeforeAsync(Now.AddSeconds(1), Never);
        Time.Jump(Now.AddHours(3));
        await PurgeAsync();
        await RebuildAsync();

        Assert.True((await Sessions.WriteAllAsync(late, Never)).IsWritten);

        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_late_try_is_refused_while_the_session_or_its_tombstone_is_there()
    {
        await using var instance = Instance();
        var (token, late) = await CreateAndKeepTryAsync(instance);
        Assert.Equal(TableOutcome.AlreadyExists, (await Sessions.WriteAllAsync(late, Never)).Outcome);

        await instance.Sessions.RevokeAsync(new SessionId(Rows().Single().Locator), EndReasons.Revoked, Never);

        Assert.Equal(TableOutcome.AlreadyExists, (await Sessions.WriteAllAsync(late, Never)).Outcome);
        Assert.False(await instance.IsAcceptedAsync(token, ReadConsistency.Strong));
    }

    private async Task<(string Token, IReadOnlyList<TableWrite> Late)> CreateAndKeepTryAsync(Support.CoreHarness instance)
    {
        IReadOnlyList<TableWrite> late = [];
        Hook = operation =>
        {
            late = operation is { Kind: TableOperationKind.WriteAll, Moment: TableMoment.Before } ? operation.Writes : late;
            return ValueTask.CompletedTask;
        };
        var (_, token) = await instance.CreateAsync("alice");
        Hook = null;
        return (token, late);
    }
}
