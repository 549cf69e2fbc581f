using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>The entry that says when a session is due is written after the session.</summary>
internal sealed class DueAfterTheSession : IPlantedFault
{
    public Ports Plant(Ports ports, World world)
    {
        var late = new Dictionary<string, TableWrite>(StringComparer.Ordinal);
        return ports with { Sessions = new Sessions(ports.Sessions, ports.Due, late), Due = new Due(ports.Due, late) };
    }

    private sealed class Due(ITable inner, Dictionary<string, TableWrite> late) : ForwardingTable(inner)
    {
        public override ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
        {
            if (write.Kind is not TableWriteKind.Insert)
            {
                return base.WriteAsync(write, cancellationToken);
            }

            late[write.Row.RowKey] = write;
            return ValueTask.FromResult(new TableWriteResult(TableOutcome.Written));
        }
    }

    private sealed class Sessions(ITable inner, ITable due, Dictionary<string, TableWrite> late) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            var result = await Inner.WriteAllAsync(writes, cancellationToken);
            foreach (var row in writes.Select(write => write.Row))
            {
                if (late.Remove(string.Concat(row.PartitionKey, row.RowKey), out var entry))
                {
                    await due.WriteAsync(entry, cancellationToken);
                }
            }

            return result;
        }
    }
}
