using System.Runtime.CompilerServices;
using SessionCore.Pooling;

namespace SessionCore.Tables;

/// <summary>Table decorator that measures and traces calls. Metrics and spans contain neither keys nor values.</summary>
internal sealed class InstrumentedTable(ITable inner, TableMetrics metrics, TimeProvider timeProvider) : ITable
{
    /// <inheritdoc/>
    public async Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        var call = Begin("ensure");
        try
        {
            await inner.EnsureExistsAsync(cancellationToken);
            call.End("ok");
        }
        catch (Exception e) when (call.Failed(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var call = Begin("find");
        try
        {
            var row = await inner.FindAsync(partitionKey, rowKey, cancellationToken);
            call.End(row is null ? "absent" : "found", row is null ? 0 : 1);
            return row;
        }
        catch (Exception e) when (call.Failed(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var call = Begin("query");
        try
        {
            var page = await inner.QueryAsync(query, cancellationToken);
            call.End("ok", page.Rows.Count);
            return page;
        }
        catch (Exception e) when (call.Failed(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var call = Begin(NameOf(write.Kind));
        try
        {
            var result = await inner.WriteAsync(write, cancellationToken);
            call.End(NameOf(result.Outcome));
            return result;
        }
        catch (Exception e) when (call.Failed(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var call = Begin("transaction");
        try
        {
            var result = await inner.WriteAllAsync(writes, cancellationToken);
            call.End(NameOf(result.Outcome));
            return result;
        }
        catch (Exception e) when (call.Failed(e))
        {
            throw;
        }
    }

    private static string NameOf(TableWriteKind kind) => kind switch
    {
        TableWriteKind.Insert => "insert",
        TableWriteKind.Replace => "replace",
        TableWriteKind.Merge => "merge",
        _ => "delete",
    };

    private static string NameOf(TableOutcome outcome) => outcome switch
    {
        TableOutcome.Written => "written",
        TableOutcome.AlreadyExists => "already_exists",
        TableOutcome.Conflict => "conflict",
        _ => "not_found",
    };

    private TableMeasurement Begin(string operation) => new(metrics, timeProvider, operation);
}
