using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>The instant of a revoke-before is read once, and never again unless this instance moves it.</summary>
internal sealed class InstantReadOnce : IPlantedFault
{
    private const string Control = "~control";

    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        private (bool IsKnown, TableRow? Row) _known;

        public override async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
        {
            if (partitionKey != Control)
            {
                return await base.FindAsync(partitionKey, rowKey, cancellationToken);
            }

            if (!_known.IsKnown)
            {
                _known = (true, await Inner.FindAsync(partitionKey, rowKey, cancellationToken));
            }

            return _known.Row;
        }

        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
        {
            if (write.Row.PartitionKey == Control)
            {
                _known = default;
            }

            return base.WriteAsync(write, cancellationToken);
        }
    }
}
