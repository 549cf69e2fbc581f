using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>The head is written by itself, after the rows it counts.</summary>
internal sealed class HeadWrittenApart : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            var rows = writes.Where(write => !IsHead(write)).ToArray();
            if (rows.Length is 0 || rows.Length == writes.Count)
            {
                return await base.WriteAllAsync(writes, cancellationToken);
            }

            var result = rows.Length == 1 ? await Inner.WriteAsync(rows[0], cancellationToken) : await Inner.WriteAllAsync(rows, cancellationToken);
            if (!result.IsWritten)
            {
                return result;
            }

            var head = await Inner.WriteAsync(writes.First(IsHead), cancellationToken);
            var tags = result.ETags ?? [result.ETag];
            var next = 0;
            return result with { ETags = [.. writes.Select(write => IsHead(write) ? head.ETag : tags[next++])] };
        }

        private static bool IsHead(TableWrite write) => write.Row.RowKey.StartsWith("u_", StringComparison.Ordinal);
    }
}
