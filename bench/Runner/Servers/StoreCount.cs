namespace Bench.Runner.Servers;

/// <summary>What went to the table service.</summary>
internal readonly record struct StoreCount(long PointReads, long Queries, long EntitiesRead, long Writes, long Transactions)
{
    public long Calls => PointReads + Queries + Writes + Transactions;

    public static StoreCount operator -(StoreCount left, StoreCount right) => new(
        left.PointReads - right.PointReads,
        left.Queries - right.Queries,
        left.EntitiesRead - right.EntitiesRead,
        left.Writes - right.Writes,
        left.Transactions - right.Transactions);
}
