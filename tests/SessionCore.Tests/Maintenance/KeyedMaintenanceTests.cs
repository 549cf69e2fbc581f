using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;

namespace SessionCore.Tests.Maintenance;

/// <summary>Purge and rebuild know the rows of keys: each goes when its session is gone and nothing more is to be said of it.</summary>
public sealed class KeyedMaintenanceTests : MaintenanceFixture
{
    private static readonly SessionKey Key = CoreHarness.KeyOf("one");

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task The_row_of_a_key_stays_as_long_as_its_session_and_goes_after_it(string? userId)
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, userId: userId);
        Time.Jump(Now.AddMinutes(50));
        await instance.SaveAsync(Key, """{"n":1}""");
        Time.Jump(Now.AddMinutes(50));
        await instance.SaveAsync(Key, """{"n":2}""");
        await PurgeAsync();
        Assert.Equal("""{"n":2}""", await instance.FindDataAsync(Key, ReadConsistency.Strong));
        Assert.NotNull(KeyRowNow());

        await PurgeEveryHourAsync(hours: 6);

        Assert.Null(KeyRowNow());
        Assert.Empty(Rows());
        Assert.DoesNotContain(Entries(), entry => DueEntry.Read(entry) is not null);
        var anew = instance.SaveAsync(Key);
        await FinishAsync(anew);
        Assert.Equal(KeyedOutcome.Created, (await anew).Outcome);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("alice")]
    public async Task An_ended_session_keeps_its_key_for_the_retention(string? userId)
    {
        await using var instance = Instance(("Sessions:Retention", "2.00:00:00"));
        await instance.SaveAsync(Key, userId: userId);
        await instance.Sessions.Keyed.RevokeAsync(Key, "signed-out", Never);

        await PurgeEveryHourAsync(hours: 40, ("Sessions:Retention", "2.00:00:00"));
        Assert.Equal("signed-out", (await instance.SaveAsync(Key, userId: userId)).End?.Reason);
        await PurgeEveryHourAsync(hours: 20, ("Sessions:Retention", "2.00:00:00"));

        Assert.Null(KeyRowNow());
        var anew = instance.SaveAsync(Key, userId: userId);
        await FinishAsync(anew);
        Assert.Equal(KeyedOutcome.Created, (await anew).Outcome);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("alice", true)]
    [InlineData(null, false)]
    [InlineData("alice", false)]
    public async Task One_that_fell_to_an_instant_is_not_created_anew_for_the_retention(string? userId, bool ofClient)
    {
        (string, string)[] settings = [("Sessions:Retention", "2.00:00:00"), ("Sessions:IdempotencyWindow", "1.00:00:00")];
        await using var instance = Instance(settings);
        await instance.SaveAsync(Key, userId: userId);
        Time.Jump(Now.AddSeconds(1));
        await (ofClient ? instance.Sessions.Keyed.RevokeAllAsync("web", Never) : instance.Sessions.RevokeBeforeAsync(Now, Never));

        await PurgeEveryHourAsync(hours: 40, settings);
        Assert.Empty(Rows());
        var late = await instance.SaveAsync(Key, userId: userId);
        await PurgeEveryHourAsync(hours: 20, settings);

        Assert.Equal((KeyedOutcome.Ended, ofClient ? EndReasons.KeysRevoked : EndReasons.RevokedBefore), (late.Outcome, late.End?.Reason));
        Assert.Null(KeyRowNow());
        var anew = instance.SaveAsync(Key, userId: userId);
        await FinishAsync(anew);
        Assert.Equal(KeyedOutcome.Created, (await anew).Outcome);
    }

    [Fact]
    public async Task The_rebuild_finds_nothing_to_do_and_gives_a_key_back_its_entry()
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, userId: "alice");
        Time.Jump(Now.AddMinutes(10));
        Assert.Equal(0, Drift(await RebuildAsync()));
        foreach (var entry in Entries().Where(entry => DueEntry.Read(entry)?.RowKey == KeyRow.RowKeyOf(Key.Id)))
        {
            await Due.WriteAsync(DueEntry.RemovalOf(entry), Never);
        }

        var counts = await RebuildAsync();

        Assert.Equal(1, counts[MaintenanceCount.DueDrift]);
        await PurgeEveryHourAsync(hours: 6);
        Assert.Null(KeyRowNow());
    }

    [Fact]
    public async Task A_row_that_is_not_genuine_is_put_aside_and_neither_deleted_nor_believed()
    {
        await using var instance = Instance();
        await instance.SaveAsync(Key, userId: "alice");
        var row = KeyRowNow()!;
        var forged = new TableRow(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            forged.Set(name, name == "names" ? new byte[32] : value);
        }

        await Sessions.WriteAsync(TableWrite.Replace(forged, row.ETag!), Never);

        var counts = await RebuildAsync();

        Assert.Equal((1, 1), (counts[MaintenanceCount.Malformed], counts[MaintenanceCount.Quarantined]));
        await PurgeEveryHourAsync(hours: 6);
        Assert.NotNull(KeyRowNow());
        await using var other = Instance();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => other.SaveAsync(CoreHarness.KeyOf("one")));
    }

    private TableRow? KeyRowNow() => Sessions.Snapshot().SingleOrDefault(KeyRow.Is);

    private async Task PurgeEveryHourAsync(int hours, params (string Key, string Value)[] settings)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            Time.Jump(Now.AddHours(1));
            await PurgeAsync(settings);
        }
    }
}
