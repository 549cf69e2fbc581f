using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Tests.Maintenance;

/// <summary>A creation that is repeated under its key after its session has lapsed and the purge has been there.</summary>
public sealed class RepeatedCreationTests : MaintenanceFixture
{
    private static readonly IdempotencyKey Key = new("caller", "key", new byte[32]);
    private static readonly NewSession Wish = new() { UserId = "alice", IdleTimeout = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_repeated_creation_does_not_bring_back_a_session_that_has_lapsed()
    {
        await using var instance = Instance();
        var first = await instance.Sessions.CreateAsync(Wish, Key, Never);
        Time.Jump(Now.AddHours(3));
        await PurgeAsync();

        var repeated = await instance.Sessions.CreateAsync(Wish, Key, Never);

        Assert.Equal(CreationOutcome.Replayed, repeated.Outcome);
        Assert.Equal(EndReasons.IdleTimeout, repeated.Session.Ended?.Reason);
        Assert.False(await instance.IsAcceptedAsync(first.Token!.Reveal(), ReadConsistency.Strong));
    }

    [Fact]
    public async Task A_repeated_creation_does_not_bring_back_a_session_older_than_a_revoke_before()
    {
        await using var instance = Instance();
        var first = await instance.Sessions.CreateAsync(Wish with { IdleTimeout = null }, Key, Never);
        await instance.Sessions.RevokeBeforeAsync(Now.AddMinutes(1), Never);

        // An entry may lead to the row before its time.
        var row = first.Session.Live!.Id.Locator;
        Due.Restore([.. Due.Snapshot(), DueTable.Entry(row.PartitionKey, row.RowKey, Now)]);
        Time.Jump(Now.AddHours(3));
        await PurgeAsync();

        var repeated = await instance.Sessions.CreateAsync(Wish with { IdleTimeout = null }, Key, Never);

        Assert.Equal(EndReasons.RevokedBefore, repeated.Session.Ended?.Reason);
        Assert.False(await instance.IsAcceptedAsync(first.Token!.Reveal(), ReadConsistency.Strong));
    }

    [Fact]
    public async Task Once_nobody_can_repeat_the_creation_any_more_row_record_and_entries_go()
    {
        await using var instance = Instance();
        await instance.Sessions.CreateAsync(Wish, Key, Never);
        Time.Jump(Now.AddHours(26));

        var counts = await PurgeAsync();

        Assert.Equal(1, counts[MaintenanceCount.SessionsPurged]);
        Assert.Equal(1, counts[MaintenanceCount.RecordsPurged]);
        Assert.Empty(Rows());
        Assert.DoesNotContain(Entries(), entry => DueEntry.Read(entry) is not null);
        Assert.Equal(CreationOutcome.Created, (await instance.Sessions.CreateAsync(Wish, Key, Never)).Outcome);
    }
}
