using SessionChecking.Workloads;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>A key whose session has ended counts as new, so that a save begins another session, whatever the reason of the end.</summary>
internal sealed class RevivedOnSave : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
        {
            var row = await base.FindAsync(partitionKey, rowKey, cancellationToken);
            return row is not null && await IsOverAsync(row, cancellationToken) ? null : row;
        }

        public override async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
            await base.WriteAsync(await OverEndedAsync(write, cancellationToken), cancellationToken);

        public override async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            var next = new List<TableWrite>();
            foreach (var write in writes)
            {
                next.Add(await OverEndedAsync(write, cancellationToken));
            }

            return await base.WriteAllAsync(next, cancellationToken);
        }

        private async ValueTask<TableWrite> OverEndedAsync(TableWrite write, CancellationToken cancellationToken) =>
            write.Kind is TableWriteKind.Insert
            && KeyRow.Is(write.Row)
            && await Inner.FindAsync(write.Row.PartitionKey, write.Row.RowKey, cancellationToken) is { ETag: { } etag } former
            && await IsOverAsync(former, cancellationToken)
                ? TableWrite.Replace(write.Row, etag)
                : write;

        private async ValueTask<bool> IsOverAsync(TableRow row, CancellationToken cancellationToken) =>
            KeyRows.SessionOf(row) is { } session
            && await Inner.FindAsync(session.PartitionKey, session.RowKey, cancellationToken) is { } named
            && SessionRow.Read(named) is { IsEnded: true };
    }
}
