using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Table of sessions that gives a hint right after each commit of an event, whichever operation made it.</summary>
internal sealed class HintedTable(ITable table, IEventHints hints) : ITable
{
    public Task EnsureExistsAsync(CancellationToken cancellationToken) => table.EnsureExistsAsync(cancellationToken);

    public ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        table.FindAsync(partitionKey, rowKey, cancellationToken);

    public ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken) => table.QueryAsync(query, cancellationToken);

    // An event is never alone in its transaction.
    public ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) => table.WriteAsync(write, cancellationToken);

    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var result = await table.WriteAllAsync(writes, cancellationToken);
        if (result.IsWritten && writes.Any(IsNewEvent))
        {
            hints.Committed(EventNotice.LaneOf(writes[0].Row.PartitionKey));
        }

        return result;
    }

    private static bool IsNewEvent(TableWrite write) => write.Kind is TableWriteKind.Insert && EventRow.Is(write.Row) && !EventRow.IsParked(write.Row);
}
