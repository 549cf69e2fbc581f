using SessionChecking.Workloads;
using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>An idempotency record is looked for and then written, as two steps.</summary>
internal sealed class KeyCheckedThenInserted : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Sessions = new Table(ports.Sessions) };

    private sealed class Table(ITable inner) : ForwardingTable(inner)
    {
        public override async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
        {
            if (write.Kind is not TableWriteKind.Insert || !write.Row.RowKey.StartsWith("i_", StringComparison.Ordinal))
            {
                return await base.WriteAsync(write, cancellationToken);
            }

            if (await Inner.FindAsync(write.Row.PartitionKey, write.Row.RowKey, cancellationToken) is not null)
            {
                return new TableWriteResult(TableOutcome.AlreadyExists);
            }

            var inserted = await Inner.WriteAsync(write, cancellationToken);
            return inserted.Outcome is TableOutcome.AlreadyExists
                && await Inner.FindAsync(write.Row.PartitionKey, write.Row.RowKey, cancellationToken) is { ETag: { } etag }
                ? await Unconditional.WriteAsync(Inner, [TableWrite.Replace(write.Row, etag)], static _ => true, cancellationToken)
                : inserted;
        }
    }
}
