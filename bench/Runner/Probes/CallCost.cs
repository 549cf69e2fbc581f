using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>What one request cost the stores.</summary>
internal readonly record struct CallCost(StoreCount Table, long RedisCommands)
{
    public static CallCost MedianOf(IReadOnlyCollection<CallCost> costs) => new(
        new StoreCount(
            Median(costs, cost => cost.Table.PointReads),
            Median(costs, cost => cost.Table.Queries),
            Median(costs, cost => cost.Table.EntitiesRead),
            Median(costs, cost => cost.Table.Writes),
            Median(costs, cost => cost.Table.Transactions)),
        Median(costs, cost => cost.RedisCommands));

    private static long Median(IEnumerable<CallCost> costs, Func<CallCost, long> figure) => (long)Spread.Of(costs.Select(cost => (double)figure(cost))).Median;
}
