using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>A table service with scripted answers, over real sockets.</summary>
internal sealed class StoreStub : IAsyncDisposable
{
    // base64 of "not-a-real-key-but-32-bytes-long"
    public const string AccountKey = "bm90LWEtcmVhbC1rZXktYnV0LTMyLWJ5dGVzLWxvbmc=";

    private readonly WebApplication _app;
    private readonly Func<HttpContext, int, Task> _answer;
    private readonly List<AzureDataConnection> _connections = [];

    private StoreStub(WebApplication app, Func<HttpContext, int, Task> answer)
    {
        _app = app;
        _answer = answer;
    }

    /// <summary>Gets method, path and query of each request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    public string ConnectionString =>
        $"AccountName=account;AccountKey={AccountKey};TableEndpoint={_app.Urls.First()}/account";

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers a request; it gets the request's number, from 1.</param>
    public static async Task<StoreStub> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StoreStub(app, answer);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Answers with a status and the service's error document.</summary>
    public static Task FailAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;odata=minimalmetadata";
        return context.Response.WriteAsync(
            """{"odata.error":{"code":"CODE","message":{"lang":"en-US","value":"Text of the service."}}}""".Replace("CODE", code, StringComparison.Ordinal));
    }

    /// <summary>Answers as after a write.</summary>
    public static Task WrittenAsync(HttpContext context)
    {
        context.Response.StatusCode = 204;
        context.Response.Headers.ETag = "W/\"datetime'2026-03-01T00%3A00%3A00.0000000Z'\"";
        return Task.CompletedTask;
    }

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json;odata=minimalmetadata";
        return context.Response.WriteAsync(json);
    }

    /// <summary>Answers with one row.</summary>
    public static Task RowAsync(HttpContext context) =>
        JsonAsync(context, """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r","Value":"x"}""");

    /// <summary>Answers a transaction with one part for each status; a failure names its position.</summary>
    public static Task PartsAsync(HttpContext context, params IEnumerable<(int Status, string Content)> parts)
    {
        context.Response.StatusCode = 202;
        context.Response.ContentType = "multipart/mixed; boundary=batchresponse_1";
        var text = new StringBuilder("--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n");
        foreach (var (status, content) in parts)
        {
            text.Append("--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .Append("HTTP/1.1 ").Append(status).Append(" Text\r\nETag: W/\"9\"\r\n\r\n").Append(content).Append("\r\n");
        }

        return context.Response.WriteAsync(text.Append("--changesetresponse_1--\r\n--batchresponse_1--\r\n").ToString());
    }

    /// <summary>Cuts the connection without a word.</summary>
    public static Task CutAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Takes the request and never answers.</summary>
    public static async Task SwallowAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has given up.
        }
    }

    /// <summary>Opens a table of this server.</summary>
    public ITable Table(Action<TableStorageOptions>? configure = null, ILoggerFactory? loggers = null, TimeProvider? timeProvider = null)
    {
        var options = new TableStorageOptions
        {
            ConnectionString = ConnectionString,
            TryTimeout = TimeSpan.FromSeconds(20),
            TotalTimeout = TimeSpan.FromSeconds(30),
        };
        configure?.Invoke(options);
        var connection = new AzureDataConnection(
            options, credential: null, timeProvider ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        _connections.Add(connection);
        return connection.Table("sessions");
    }

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        Requests.Enqueue($"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()?.RawTarget}");
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        await _answer(context, Requests.Count);
    }
}
