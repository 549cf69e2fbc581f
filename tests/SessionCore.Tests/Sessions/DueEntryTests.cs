using SessionCore.Sessions;
using SessionCore.Tables;
using SessionTesting;
using SessionTesting.Caching;
using SessionTesting.Tables;
using SessionTesting.Time;

namespace SessionCore.Tests.Sessions;

/// <summary>A session that nothing is due for would never be purged.</summary>
public sealed class DueEntryTests
{
    [Fact]
    public async Task No_session_is_created_when_its_due_entry_was_refused()
    {
        var time = new ManualTimeProvider();
        var table = new InMemoryTable("sessions");
        await using var instance = new CoreHarness(new SessionTables(table, new RefusingTable(new InMemoryTable("sessiondue"))), new InMemoryCache(time), time);

        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            instance.Sessions.CreateAsync(new NewSession { UserId = "alice" }, key: null, CancellationToken.None));

        Assert.Equal(0, table.Count);
    }
}
