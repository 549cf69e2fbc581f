using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Caching;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Operations;

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

    [Fact]
    public async Task An_earlier_end_counts_although_its_due_entry_could_not_be_written()
    {
        var time = new ManualTimeProvider();
        var isDown = false;
        var due = new InMemoryTable("sessiondue", _ => isDown ? throw new StoreUnavailableException("No answer.") : ValueTask.CompletedTask);
        await using var instance = new CoreHarness(new SessionTables(new InMemoryTable("sessions"), due), new InMemoryCache(time), time);
        var (id, _) = await instance.CreateAsync();
        isDown = true;

        var change = await instance.Sessions.SetExpiryAsync(id, TimeSpan.FromMinutes(5), idleTimeout: null, CancellationToken.None);

        var found = await instance.Sessions.FindAsync(id, ReadConsistency.Strong, CancellationToken.None);
        Assert.Equal((ChangeOutcome.Changed, 2L), (change.Outcome, change.Session?.Version));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromMinutes(5), found.Live?.AbsoluteExpiresAt);
    }
}
