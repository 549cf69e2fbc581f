using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Support.Servers;

namespace Bench.Runner.Servers;

/// <summary>
/// Stands before the table service and counts calls and entities. It costs time, so it is for counting only: throughput is measured
/// without it. Requests are passed on as they are; their signature covers date and path, not the host.
/// </summary>
internal sealed class CountingStore : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly WebApplication _app;
    private readonly Uri _store;
    private long _pointReads;
    private long _queries;
    private long _entitiesRead;
    private long _writes;
    private long _transactions;

    private CountingStore(string connectionString, int port)
    {
        const string Member = "TableEndpoint=";
        var at = connectionString.IndexOf(Member, StringComparison.Ordinal) + Member.Length;
        var endpoint = new Uri(connectionString[at..connectionString.IndexOf(';', at)]);
        _store = new Uri(endpoint.GetLeftPart(UriPartial.Authority));
        var here = new UriBuilder(endpoint) { Port = port }.Uri;
        ConnectionString = connectionString.Replace(endpoint.ToString(), here.ToString(), StringComparison.Ordinal);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(here.GetLeftPart(UriPartial.Authority));
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    /// <summary>Gets the connection string that leads through here.</summary>
    public string ConnectionString { get; }

    /// <summary>Gets what went through since the start.</summary>
    public StoreCount Count => new(
        Interlocked.Read(ref _pointReads),
        Interlocked.Read(ref _queries),
        Interlocked.Read(ref _entitiesRead),
        Interlocked.Read(ref _writes),
        Interlocked.Read(ref _transactions));

    public static async Task<CountingStore> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var store = new CountingStore(connectionString, FreePort.Next());
        await store._app.StartAsync(cancellationToken);
        return store;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PassOnAsync(HttpContext context)
    {
        var asked = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(_store, asked.Path.ToUriComponent() + asked.QueryString.ToUriComponent()));
        using var body = new MemoryStream();
        await asked.Body.CopyToAsync(body, context.RequestAborted);
        request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in asked.Headers.Where(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        using var answer = await Http.SendAsync(request, context.RequestAborted);
        var bytes = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        CountCall(asked, bytes, answer.IsSuccessStatusCode);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding" and not "Connection"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (bytes.Length > 0)
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private void CountCall(HttpRequest asked, byte[] answer, bool succeeded)
    {
        var path = asked.Path.Value ?? string.Empty;
        if (path.EndsWith("$batch", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _transactions);
        }
        else if (!HttpMethods.IsGet(asked.Method))
        {
            Interlocked.Increment(ref _writes);
        }
        else if (path.Contains("PartitionKey=", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _pointReads);
            Interlocked.Add(ref _entitiesRead, succeeded ? 1 : 0);
        }
        else
        {
            Interlocked.Increment(ref _queries);
            Interlocked.Add(ref _entitiesRead, succeeded ? EntitiesOf(answer) : 0);
        }
    }

    private static int EntitiesOf(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("value", out var entities) ? entities.GetArrayLength() : 1;
    }
}
