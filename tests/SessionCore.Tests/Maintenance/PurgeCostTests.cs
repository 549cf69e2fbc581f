using SessionCore.Maintenance;

namespace SessionCore.Tests.Maintenance;

/// <summary>The cost of a purge depends on the due rows only.</summary>
public sealed class PurgeCostTests
{
    private const int DueSessions = 1_000;

    [Fact]
    public async Task A_thousand_due_sessions_cost_the_same_calls_beside_2000_and_beside_50000_live_ones()
    {
        var few = await CostBesideAsync(2_000);
        var many = await CostBesideAsync(50_000);

        Assert.InRange((double)many.Calls / few.Calls, 0.9, 1.1);

        // For each an entry, its row and its user's head are read; what is read beside them is at most a fifth of what is due.
        Assert.InRange(many.EntriesRead, DueSessions, (int)(1.2 * DueSessions));
        Assert.InRange(many.RowsRead, 2 * DueSessions, (int)(2.2 * DueSessions));
        Assert.Equal(few.RowsRead, many.RowsRead);
    }

    private static async Task<Cost> CostBesideAsync(int live)
    {
        var store = new Store();
        return await store.PurgeBesideAsync(live);
    }

    private sealed record Cost(int Calls, int EntriesRead, int RowsRead);

    private sealed class Store : MaintenanceFixture
    {
        public async Task<Cost> PurgeBesideAsync(int live)
        {
            for (var i = 0; i < DueSessions; i++)
            {
                Plant.Session($"due {i}", Now);
            }

            for (var i = 0; i < live; i++)
            {
                Plant.Session($"live {i}", Now.AddHours(2 + (i % 20)));
            }

            Plant.Commit();
            AdvancePastHourOf(Now);
            var counts = await PurgeAsync();

            Assert.Equal(DueSessions, counts[MaintenanceCount.SessionsPurged]);
            Assert.Equal(live, Rows().Count);
            return new Cost(Calls, CountedDue.RowsRead, CountedSessions.RowsRead);
        }
    }
}
