using SessionCore.Tables;

namespace Support.Tables;

/// <summary>Does what the client of the real table does: repeats a call whose answer did not arrive, once, and marks the refusal of a repeated write as uncertain.</summary>
/// <param name="inner">The table.</param>
/// <param name="retries">Whether it repeats at all.</param>
public sealed class RetriedTable(ITable inner, bool retries = true) : ITable
{
    public Task EnsureExistsAsync(CancellationToken cancellationToken) => inner.EnsureExistsAsync(cancellationToken);

    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.FindAsync(partitionKey, rowKey, cancellationToken);
        }
        catch (StoreUnavailableException) when (retries)
        {
            return await inner.FindAsync(partitionKey, rowKey, cancellationToken);
        }
    }

    public ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken) =>
        inner.QueryAsync(query, cancellationToken);

    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.WriteAsync(write, cancellationToken);
        }
        catch (StoreUnavailableException) when (retries)
        {
            return Marked(await inner.WriteAsync(write, cancellationToken));
        }
    }

    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.WriteAllAsync(writes, cancellationToken);
        }
        catch (StoreUnavailableException) when (retries)
        {
            return Marked(await inner.WriteAllAsync(writes, cancellationToken));
        }
    }

    private static TableWriteResult Marked(TableWriteResult result) => result.IsWritten ? result : result with { Uncertain = true };
}
