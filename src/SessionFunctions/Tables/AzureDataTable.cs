using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>A table through the Azure SDK.</summary>
/// <remarks>
/// The SDK retries by itself and does not tell, so every refusal of a write may be the answer to a second try of a write that was
/// applied: all are marked uncertain, and callers find out by the operation id.
/// </remarks>
internal sealed class AzureDataTable(TableClient client, TimeSpan totalTimeout, TimeProvider time) : ITable
{
    /// <inheritdoc/>
    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        CallAsync(token => client.CreateIfNotExistsAsync(token), cancellationToken).AsTask();

    /// <inheritdoc/>
    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        if (!TableRules.IsKey(partitionKey) || !TableRules.IsKey(rowKey))
        {
            return null;
        }

        return await CallAsync(token => FindOrNullAsync(partitionKey, rowKey, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        TableRules.Check(query);
        return await CallAsync(token => PageAsync(query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        return await CallAsync(token => WriteOneAsync(write, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableRules.CheckAll(writes);
        return await CallAsync(token => SubmitAsync(writes, token), cancellationToken);
    }

    private async Task<TableRow?> FindOrNullAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            // Not GetEntityIfExists: it takes any 404, a missing table's too, for a row that is not there.
            return AzureDataRow.Read(await client.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken));
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is TableOutcome.NotFound)
        {
            return null;
        }
    }

    private async Task<TablePage> PageAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var select = query.Select is null ? null : query.Select.Concat(AzureDataRow.Always);
        var pages = client
            .QueryAsync<TableEntity>(AzureDataFilter.For(query), query.PageSize, select, cancellationToken)
            .AsPages(query.Continuation, query.PageSize);
        await using var first = pages.GetAsyncEnumerator(cancellationToken);
        return await first.MoveNextAsync()
            ? new TablePage([.. first.Current.Values.Select(AzureDataRow.Read)], ContinuationOf(first.Current))
            : new TablePage([], Continuation: null);
    }

    private async Task<TableWriteResult> WriteOneAsync(TableWrite write, CancellationToken cancellationToken)
    {
        try
        {
            var entity = AzureDataRow.ToEntity(write.Row);
            var answer = write.Kind switch
            {
                TableWriteKind.Insert => await client.AddEntityAsync(entity, cancellationToken),
                TableWriteKind.Replace => await client.UpdateEntityAsync(entity, TagOf(write), TableUpdateMode.Replace, cancellationToken),
                TableWriteKind.Merge => await client.UpdateEntityAsync(entity, TagOf(write), TableUpdateMode.Merge, cancellationToken),
                _ => await client.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, TagOf(write), cancellationToken),
            };

            // A delete does not throw when there is nothing to delete.
            if (answer.Status == 404)
            {
                return AzureDataFaults.NotDeleted(answer, client.Name);
            }

            return write.Kind is TableWriteKind.Delete
                ? new TableWriteResult(TableOutcome.Written)
                : new TableWriteResult(TableOutcome.Written, TagOf(answer) ?? throw AzureDataFaults.NoTag(client.Name));
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is { } outcome)
        {
            return new TableWriteResult(outcome, FailedIndex: 0, Uncertain: true);
        }
    }

    private async Task<TableWriteResult> SubmitAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.SubmitTransactionAsync(writes.Select(ToAction), cancellationToken);
            var tags = answer.Value.Select(TagOf).ToArray();
            return new TableWriteResult(TableOutcome.Written, tags[^1], ETags: tags);
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is { } outcome)
        {
            var index = (refusal as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0;
            return new TableWriteResult(outcome, FailedIndex: index, Uncertain: true);
        }
    }

    private static TableTransactionAction ToAction(TableWrite write)
    {
        var entity = AzureDataRow.ToEntity(write.Row);
        return write.Kind switch
        {
            TableWriteKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, entity),
            TableWriteKind.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, TagOf(write)),
            TableWriteKind.Merge => new TableTransactionAction(TableTransactionActionType.UpdateMerge, entity, TagOf(write)),
            _ => new TableTransactionAction(TableTransactionActionType.Delete, entity, TagOf(write)),
        };
    }

    private static string? ContinuationOf(Page<TableEntity> page) => string.IsNullOrWhiteSpace(page.ContinuationToken) ? null : page.ContinuationToken;

    // Only an insert has none, and nobody asks for an insert's.
    private static ETag TagOf(TableWrite write) => new(write.ETag!);

    private static string? TagOf(Response answer) => answer.Headers.TryGetValue(HttpHeader.Names.ETag, out var tag) ? tag : null;

    // The SDK's own time-outs are for each try; this one is for all of them together.
    private async ValueTask<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(totalTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(linked.Token);
        }
        catch (RequestFailedException fault)
        {
            throw AzureDataFaults.For(fault, client.Name);
        }
        catch (Exception fault) when (
            !cancellationToken.IsCancellationRequested
            && fault is OperationCanceledException or AggregateException or AuthenticationFailedException or IOException)
        {
            // Retries that all failed to connect come as one AggregateException.
            throw new StoreUnavailableException($"The table {client.Name} did not answer in time, or could not be reached; try again.", fault);
        }
    }
}
