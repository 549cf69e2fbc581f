using SessionCore.Tables;

namespace SessionCore.Tests.Operations;

/// <summary>A table that answers every write with a refusal that makes no sense of an insert, as a broken gateway may.</summary>
internal sealed class RefusingTable(ITable inner) : ITable
{
    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.FindAsync(partitionKey, rowKey, cancellationToken);

    public ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TableWriteResult(TableOutcome.Conflict, FailedIndex: 0));

    public ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TableWriteResult(TableOutcome.Conflict, FailedIndex: 0));
}
