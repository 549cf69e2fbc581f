using SessionChecking.Workloads;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>A look at a session's row finds the content of another, as a mix-up of answers on one connection would give it.</summary>
internal sealed class AnsweredWithAnotherRow : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        private TableRow? _last;

        public override async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
        {
            var row = await base.FindAsync(partitionKey, rowKey, cancellationToken);
            if (row is null || !SessionLocator.TryParseKeys(partitionKey, rowKey, out _))
            {
                return row;
            }

            (var former, _last) = (_last, row);
            return former ?? row;
        }
    }
}
