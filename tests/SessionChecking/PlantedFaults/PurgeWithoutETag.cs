using SessionChecking.Workloads;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>The purge deletes a row even if it has changed since it was judged.</summary>
internal sealed class PurgeWithoutETag : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
            IsPurge(write) ? Unconditional.WriteAsync(Inner, [write], IsPurge, cancellationToken) : base.WriteAsync(write, cancellationToken);

        public override ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
            writes.Any(IsPurge) ? Unconditional.WriteAsync(Inner, writes, IsPurge, cancellationToken) : base.WriteAllAsync(writes, cancellationToken);

        // Of the rows of sessions only the purge deletes any.
        private static bool IsPurge(TableWrite write) =>
            write.Kind is TableWriteKind.Delete && SessionLocator.TryParseKeys(write.Row.PartitionKey, write.Row.RowKey, out _);
    }
}
