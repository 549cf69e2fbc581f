using SessionChecking.Workloads;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>A move to the user makes the key name the copy, and leaves the old session live.</summary>
internal sealed class MovedWithoutItsEnd : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        // The session of a new key is inserted with the key's row; of a move it ends with it.
        public override ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
            writes.FirstOrDefault(write => KeyRow.Is(write.Row)) is { } naming
            && !writes.Any(write => write.Kind is TableWriteKind.Insert && KeyRows.LocatorOf(write.Row) is not null)
                ? Inner.WriteAsync(naming, cancellationToken)
                : base.WriteAllAsync(writes, cancellationToken);
    }
}
