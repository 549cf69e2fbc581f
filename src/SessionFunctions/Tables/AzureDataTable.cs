using Azure;
using Azure.Data.Tables;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>A table on the Azure.Data.Tables package.</summary>
/// <remarks>
/// The package repeats requests by itself and does not say so: whatever stands in the way of a write may be the write itself.
/// So every answer but "written" is marked uncertain, and the caller looks for its operation id.
/// </remarks>
internal sealed class AzureDataTable(TableClient table) : ITable
{
    public async Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        await GuardAsync(async () => await table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);

    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        if (!TableRules.IsKey(partitionKey) || !TableRules.IsKey(rowKey))
        {
            return null;
        }

        var answer = await GuardAsync(
            async () => await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, select: null, cancellationToken), cancellationToken);
        return answer.HasValue ? EntityRow.FromEntity(answer.Value!) : null;
    }

    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        TableRules.Check(query);
        return await GuardAsync(
            async () =>
            {
                var pages = table
                    .QueryAsync<TableEntity>(EntityRow.FilterOf(query), query.PageSize, EntityRow.SelectOf(query), cancellationToken)
                    .AsPages(query.Continuation, query.PageSize);
                await foreach (var page in pages.WithCancellation(cancellationToken))
                {
                    return new TablePage([.. page.Values.Select(EntityRow.FromEntity)], page.ContinuationToken);
                }

                return new TablePage([], Continuation: null);
            },
            cancellationToken);
    }

    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        try
        {
            var response = await GuardAsync(() => SendAsync(write, cancellationToken), cancellationToken);
            return new TableWriteResult(TableOutcome.Written, write.Kind is TableWriteKind.Delete ? null : response.Headers.ETag?.ToString());
        }
        catch (RequestFailedException exception) when (OutcomeOf(exception) is not null)
        {
            return new TableWriteResult(OutcomeOf(exception)!.Value, FailedIndex: 0, Uncertain: true);
        }
    }

    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableRules.CheckAll(writes);
        try
        {
            var answer = await GuardAsync(
                async () => await table.SubmitTransactionAsync(writes.Select(EntityRow.ToAction), cancellationToken), cancellationToken);
            string?[] etags = [.. answer.Value.Select((response, i) => writes[i].Kind is TableWriteKind.Delete ? null : response.Headers.ETag?.ToString())];
            return new TableWriteResult(TableOutcome.Written, etags[^1], ETags: etags);
        }
        catch (TableTransactionFailedException exception) when (OutcomeOf(exception) is not null)
        {
            return new TableWriteResult(OutcomeOf(exception)!.Value, FailedIndex: exception.FailedTransactionActionIndex ?? 0, Uncertain: true);
        }
    }

    private static TableOutcome? OutcomeOf(RequestFailedException exception) => exception.ErrorCode switch
    {
        "EntityAlreadyExists" => TableOutcome.AlreadyExists,
        "UpdateConditionNotSatisfied" or "ConditionNotMet" => TableOutcome.Conflict,
        "ResourceNotFound" or "EntityNotFound" => TableOutcome.NotFound,
        _ => null,
    };

    // Translated at the edge: the caller's own cancellation and the answers it acts on pass, everything else is "unavailable".
    private static async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException exception) when (OutcomeOf(exception) is null)
        {
            throw new StoreUnavailableException("The table store did not answer the request.", exception);
        }
        catch (Exception exception) when (exception is AggregateException or HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StoreUnavailableException("The table store did not answer in time.", exception);
        }
    }

    private Task<Response> SendAsync(TableWrite write, CancellationToken cancellationToken) => write.Kind switch
    {
        TableWriteKind.Insert => table.AddEntityAsync(EntityRow.ToEntity(write.Row), cancellationToken),
        TableWriteKind.Replace => table.UpdateEntityAsync(EntityRow.ToEntity(write.Row), new ETag(write.ETag!), TableUpdateMode.Replace, cancellationToken),
        TableWriteKind.Merge => table.UpdateEntityAsync(EntityRow.ToEntity(write.Row), new ETag(write.ETag!), TableUpdateMode.Merge, cancellationToken),
        _ => table.DeleteEntityAsync(write.Row.PartitionKey, write.Row.RowKey, new ETag(write.ETag!), cancellationToken),
    };
}
