using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;
using SessionCore.Pooling;

namespace SessionCore.Tables.Rest;

/// <summary>A table of Azure Table Storage over its REST interface.</summary>
internal sealed class RestTable(string name, RestSender sender, RestAddresses addresses, RestFaults faults) : ITable
{
    private const int FirstRowBytes = 1024;

    private readonly EntityReader _reader = new(new NameCache());

    /// <inheritdoc/>
    public async Task EnsureExistsAsync(CancellationToken cancellationToken)
    {
        var body = new PooledBuffer(FirstRowBytes);
        using var request = new RestRequest(RequestMethod.Post, addresses.Tables) { Body = body };
        EntityWriter.WriteTableName(name, body);
        using var answer = await sender.SendAsync(request, cancellationToken);
        if (answer.Status is not (201 or 204) && answer is not { Status: 409, Code: "TableAlreadyExists" })
        {
            throw faults.For(answer);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<TableRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        if (!TableRules.IsKey(partitionKey) || !TableRules.IsKey(rowKey))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        using var request = new RestRequest(RequestMethod.Get, addresses.Row(partitionKey, rowKey));
        using var answer = await sender.SendAsync(request, cancellationToken);
        return answer switch
        {
            { Status: 200 } => Read(answer, static (reader, answer) => reader.ReadRow(answer.Content, answer.ETag)),
            _ when IsNotThere(answer) => null,
            _ => throw faults.For(answer),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        TableRules.Check(query);
        using var request = new RestRequest(RequestMethod.Get, addresses.Query(query)) { IsQuery = true };
        using var answer = await sender.SendAsync(request, cancellationToken);
        if (answer.Status != 200)
        {
            throw faults.For(answer);
        }

        var rows = Read(answer, static (reader, answer) => reader.ReadRows(answer.Content));
        var continuation = answer.NextPartitionKey is null ? null : TableContinuation.Encode(answer.NextPartitionKey, answer.NextRowKey);
        return new TablePage(rows, continuation);
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        using var request = RequestFor(write);
        using var answer = await sender.SendAsync(request, cancellationToken);
        if (answer.Status is not (200 or 201 or 204))
        {
            return Refusal(answer);
        }

        return write.Kind is TableWriteKind.Delete
            ? new TableWriteResult(TableOutcome.Written)
            : new TableWriteResult(TableOutcome.Written, answer.ETag ?? throw new StoreUnavailableException($"The table {name} gave no entity tag."));
    }

    /// <inheritdoc/>
    public async ValueTask<TableWriteResult> WriteAllAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        TableRules.CheckAll(writes);
        var body = new PooledBuffer(FirstRowBytes * (writes.Count + 1));
        using var request = new RestRequest(RequestMethod.Post, addresses.Transactions)
        {
            Body = body,
            ContentType = BatchWriter.ContentType,
            Writes = writes.Count,
        };
        BatchWriter.Write(writes, addresses, body);
        using var answer = await sender.SendAsync(request, cancellationToken);
        return answer.ETags is null ? Refusal(answer) : new TableWriteResult(TableOutcome.Written, answer.ETags[^1], ETags: answer.ETags);
    }

    // Only the service's own word for it: a 404 of some gateway must not read as "there is no such session".
    private static bool IsNotThere(RestAnswer answer) =>
        answer is { Status: 404, Code: "ResourceNotFound" or "EntityNotFound" };

    private TableWriteResult Refusal(RestAnswer answer)
    {
        var outcome = answer switch
        {
            { Status: 409, Code: "EntityAlreadyExists" } => TableOutcome.AlreadyExists,
            { Status: 412 } => TableOutcome.Conflict,
            _ when IsNotThere(answer) => TableOutcome.NotFound,
            _ => throw faults.For(answer),
        };
        return new TableWriteResult(outcome, FailedIndex: answer.FailedIndex, Uncertain: answer.Uncertain);
    }

    private RestRequest RequestFor(TableWrite write)
    {
        var row = write.Row;
        if (write.Kind is TableWriteKind.Delete)
        {
            return new RestRequest(RequestMethod.Delete, addresses.Row(row.PartitionKey, row.RowKey)) { IfMatch = write.ETag };
        }

        var body = new PooledBuffer(FirstRowBytes);
        EntityWriter.Write(row, body);
        return write.Kind switch
        {
            TableWriteKind.Insert => new RestRequest(RequestMethod.Post, addresses.Rows) { Body = body },
            TableWriteKind.Replace => new RestRequest(RequestMethod.Put, addresses.Row(row.PartitionKey, row.RowKey)) { Body = body, IfMatch = write.ETag },
            _ => new RestRequest(RequestMethod.Patch, addresses.Row(row.PartitionKey, row.RowKey)) { Body = body, IfMatch = write.ETag },
        };
    }

    private T Read<T>(RestAnswer answer, Func<EntityReader, RestAnswer, T> read)
    {
        try
        {
            return read(_reader, answer);
        }
        catch (JsonException e)
        {
            throw new StoreUnavailableException($"The table {name} gave an answer that cannot be read; try again.", e);
        }
    }
}
