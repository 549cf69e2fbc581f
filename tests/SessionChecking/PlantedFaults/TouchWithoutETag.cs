using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>A touch is written even if the row has changed since it was read.</summary>
internal sealed class TouchWithoutETag : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
            IsTouch(write) ? Unconditional.WriteAsync(Inner, [write], IsTouch, cancellationToken) : base.WriteAsync(write, cancellationToken);

        private static bool IsTouch(TableWrite write) =>
            write.Kind is TableWriteKind.Merge && write.Row.GetTime("seen") is not null && write.Row.GetBinary("body") is null;
    }
}
