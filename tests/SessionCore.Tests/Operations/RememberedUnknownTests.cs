using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Tests.Operations;

public sealed class RememberedUnknownTests : SessionServiceFixture
{
    [Fact]
    public async Task A_session_whose_row_appears_late_is_accepted_after_five_seconds_at_most()
    {
        await using var creator = Instance();
        await using var reader = Instance();
        var (id, token) = await creator.CreateAsync();
        var row = (await Table.FindAsync(id.Locator.PartitionKey, id.Locator.RowKey, Never))!;
        await Table.WriteAsync(TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!), Never);
        Assert.False(await reader.IsAcceptedAsync(token));

        await Table.WriteAsync(TableWrite.Insert(row), Never);

        Assert.True(await reader.IsAcceptedAsync(token, ReadConsistency.Strong));
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await reader.IsAcceptedAsync(token));
    }

    [Fact]
    public async Task An_unknown_id_is_read_from_the_table_once_in_five_seconds()
    {
        await using var instance = Instance();
        var id = new SessionId(new SessionLocator(1, 2));
        await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        Counted.Reset();

        await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        Assert.Equal(0, Counted.TotalCalls);
        Time.Advance(TimeSpan.FromSeconds(5));
        await instance.Sessions.FindAsync(id, ReadConsistency.Cached, Never);
        Assert.Equal(1, Counted.TotalCalls);
    }
}
