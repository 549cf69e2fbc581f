using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>The row of a key is written after the session of a user that it names.</summary>
internal sealed class KeyRowAfterTheSession : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        private readonly Dictionary<UInt128, TableWrite> _late = [];

        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
        {
            if (KeyRows.SessionOf(write.Row) is not { } session || write.Kind is TableWriteKind.Delete)
            {
                return base.WriteAsync(write, cancellationToken);
            }

            _late[session.Id] = write;
            return ValueTask.FromResult(new TableWriteResult(TableOutcome.Written));
        }

        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            var result = await Inner.WriteAllAsync(writes, cancellationToken);
            foreach (var session in writes.Where(write => write.Kind is TableWriteKind.Insert).Select(write => KeyRows.LocatorOf(write.Row)))
            {
                if (result.IsWritten && session is { } it && _late.Remove(it.Id, out var naming))
                {
                    await Inner.WriteAsync(naming, cancellationToken);
                }
            }

            return result;
        }
    }
}
