using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>Table on the Azure SDK.</summary>
internal sealed class AzureDataTable(TableClient client, TimeSpan totalTimeout, TimeProvider timeProvider, AzureDataFaults faults) : ITable
{
    /// <inheritdoc/>
    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        CallAsync((_, token) => CreateAsync(token), cancellationToken).AsTask();

    /// <inheritdoc/>
    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        if (!TableRules.IsKey(partitionKey) || !TableRules.IsKey(rowKey))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        return await CallAsync((_, token) => FindOrNullAsync(partitionKey, rowKey, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        TableRules.Check(query);
        var continuation = query.Continuation is null ? null : AzureDataPage.TokenOf(query.Continuation);
        return await CallAsync((_, token) => PageAsync(query, continuation, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        return await CallAsync((call, token) => WriteOneAsync(write, call, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableRules.CheckAll(writes);
        return await CallAsync((call, token) => SubmitAsync(writes, call, token), cancellationToken);
    }

    // Not CreateIfNotExists, which takes any 409, even from a gateway, for an existing table.
    private async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(cancellationToken);
            return true;
        }
        catch (RequestFailedException refusal) when (refusal is { Status: 409, ErrorCode: "TableAlreadyExists" })
        {
            return false;
        }
    }

    // Not GetEntityIfExists, which takes any 404, even that of a missing table, for a missing row.
    private async Task<TableRow?> FindOrNullAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetEntityAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
            return AzureDataRow.Read(answer.Value, answer.GetRawResponse().Headers.ETag);
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is TableOutcome.NotFound)
        {
            return null;
        }
    }

    private async Task<TablePage> PageAsync(TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        var select = query.Select is null ? null : AzureDataRow.Always.Concat(query.Select);
        var pages = client
            .QueryAsync<TableEntity>(AzureDataFilter.For(query), query.PageSize, select, cancellationToken)
            .AsPages(continuation, query.PageSize);
        await using var first = pages.GetAsyncEnumerator(cancellationToken);
        return await first.MoveNextAsync() ? AzureDataPage.Read(first.Current) : throw new InvalidDataException("No page.");
    }

    private async Task<TableWriteResult> WriteOneAsync(TableWrite write, TableCall call, CancellationToken cancellationToken)
    {
        try
        {
            var row = write.Row;
            var answer = write.Kind switch
            {
                TableWriteKind.Insert => await client.AddEntityAsync(AzureDataRow.ToEntity(row), cancellationToken),
                TableWriteKind.Replace => await client.UpdateEntityAsync(AzureDataRow.ToEntity(row), TagOf(write), TableUpdateMode.Replace, cancellationToken),
                TableWriteKind.Merge => await client.UpdateEntityAsync(AzureDataRow.ToEntity(row), TagOf(write), TableUpdateMode.Merge, cancellationToken),
                _ => await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, TagOf(write), cancellationToken),
            };

            // The SDK does not throw for a delete of a missing row.
            if (answer.Status == 404)
            {
                throw new RequestFailedException(answer);
            }

            return write.Kind is TableWriteKind.Delete
                ? new TableWriteResult(TableOutcome.Written)
                : new TableWriteResult(TableOutcome.Written, TagOf(answer));
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is { } outcome)
        {
            return new TableWriteResult(outcome, FailedIndex: 0, Uncertain: call.Uncertain);
        }
    }

    private async Task<TableWriteResult> SubmitAsync(IReadOnlyList<TableWrite> writes, TableCall call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.SubmitTransactionAsync(writes.Select(ToAction), cancellationToken);
            if (answer.Value.Count != writes.Count)
            {
                throw new InvalidDataException($"The answer to {writes.Count} writes has {answer.Value.Count} parts.");
            }

            var tags = answer.Value.Select((part, i) => writes[i].Kind is TableWriteKind.Delete ? null : TagOf(part)).ToArray();
            return new TableWriteResult(TableOutcome.Written, tags[^1], ETags: tags);
        }
        catch (RequestFailedException refusal) when (AzureDataFaults.OutcomeOf(refusal) is { } outcome)
        {
            var index = (refusal as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0;
            return new TableWriteResult(outcome, FailedIndex: Math.Clamp(index, 0, writes.Count - 1), Uncertain: call.Uncertain);
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

    // Not called for inserts, which alone have none.
    private static ETag TagOf(TableWrite write) => new(write.ETag!);

    private static string TagOf(Response answer) =>
        answer.Headers.TryGetValue(HttpHeader.Names.ETag, out var tag) ? tag : throw new InvalidDataException("A write without an entity tag.");

    // The SDK's time-outs apply to each try; this one applies to all of them together.
    private async ValueTask<T> CallAsync<T>(Func<TableCall, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new TableCall(totalTimeout, timeProvider);
        using var deadline = new CancellationTokenSource(totalTimeout, timeProvider);
        await using var link = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline); // never null: it is deadline
        using var scope = call.Enter();
        try
        {
            return await send(call, deadline.Token);
        }
        catch (Exception fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw faults.For(fault);
        }
    }
}
