using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SessionCore.Tables;
using Support.TableServer.Storage;

namespace Support.TableServer.Wire;

/// <summary>Answers requests of the Table service.</summary>
internal sealed class TableRequests(DurableTables tables)
{
    private const string Json = "application/json;odata=minimalmetadata";

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
            var answer = TableAddress.Parse(target) is { } address ? RouteAsync(context, address) : RefuseAsync(context, TableProblem.InvalidInput);
            await answer;
        }
        catch (StoreUnavailableException)
        {
            await RefuseAsync(context, TableProblem.NoTable);
        }
        catch (InvalidOperationException)
        {
            await RefuseAsync(context, TableProblem.RowTooLarge);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or JsonException or KeyNotFoundException)
        {
            await RefuseAsync(context, TableProblem.InvalidInput);
        }
    }

    private static Task RefuseAsync(HttpContext context, TableProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers["x-ms-error-code"] = problem.Code;
        context.Response.ContentType = Json;
        return context.Response.WriteAsync(problem.ToJson());
    }

    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        context.Response.ContentType = Json;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body.GetBuffer(), 0, (int)body.Length);
    }

    private Task RouteAsync(HttpContext context, TableAddress address) => (context.Request.Method, address) switch
    {
        ("POST", { Table: "Tables" }) => CreateTableAsync(context),
        ("POST", { Table: "$batch" }) => RunTransactionAsync(context),
        ("GET", { PartitionKey: { } partitionKey, RowKey: { } rowKey }) => FindAsync(context, address.Table, partitionKey, rowKey),
        ("GET", _) => QueryAsync(context, address),
        ("POST" or "PUT" or "PATCH" or "MERGE" or "DELETE", _) => WriteRowAsync(context, address),
        _ => RefuseAsync(context, TableProblem.MethodNotAllowed),
    };

    private async Task CreateTableAsync(HttpContext context)
    {
        using var body = JsonDocument.Parse(await ReadBodyAsync(context));
        if (!await tables.CreateAsync(body.RootElement.GetProperty("TableName").GetString() ?? ""))
        {
            await RefuseAsync(context, TableProblem.TableExists);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task FindAsync(HttpContext context, string table, string partitionKey, string rowKey)
    {
        if (await tables.FindAsync(table, partitionKey, rowKey) is not { } row)
        {
            await RefuseAsync(context, TableProblem.NoRow);
            return;
        }

        context.Response.Headers.ETag = row.ETag;
        await WriteAsync(context, json => EntityJson.Write(json, row));
    }

    private async Task QueryAsync(HttpContext context, TableAddress address)
    {
        var page = await tables.QueryAsync(address.Table, QueryText.Parse(address));
        if (page.Continuation is not null)
        {
            context.Response.Headers["x-ms-continuation-NextPartitionKey"] = page.Continuation;
        }

        await WriteAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("value");
            foreach (var row in page.Rows)
            {
                EntityJson.Write(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task WriteRowAsync(HttpContext context, TableAddress address)
    {
        var write = WriteText.Read(context.Request.Method, address, context.Request.Headers.IfMatch, await ReadBodyAsync(context));
        var result = await tables.WriteAsync(address.Table, [write]);
        if (!result.IsWritten)
        {
            await RefuseAsync(context, TableProblem.For(result.Outcome));
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (result.ETag is not null)
        {
            context.Response.Headers.ETag = result.ETag;
        }
    }

    private async Task RunTransactionAsync(HttpContext context)
    {
        var (table, writes) = BatchText.Parse(await ReadBodyAsync(context));
        var result = await tables.WriteAsync(table, writes);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = BatchText.AnswerType;
        await context.Response.WriteAsync(result.ETags is { } etags
            ? BatchText.Applied(etags)
            : BatchText.Refused(TableProblem.For(result.Outcome), result.FailedIndex));
    }
}
