using SessionCore.Tables;

namespace SessionChecking.PlantedFaults;

/// <summary>A table that does what the one behind it does, but for what a planted fault changes.</summary>
internal abstract class ForwardingTable(ITable inner) : ITable
{
    protected ITable Inner => inner;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public virtual ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.FindAsync(partitionKey, rowKey, cancellationToken);

    public virtual ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public virtual ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken) => inner.WriteAsync(write, cancellationToken);

    public virtual ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        inner.WriteAllAsync(writes, cancellationToken);
}
