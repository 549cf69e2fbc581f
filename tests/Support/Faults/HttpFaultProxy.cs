using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Support.Faults;

/// <summary>
/// Stands before a table service, or the session API, and decides the fate of every request. What it passes on it passes on as it came: a signature
/// covers date and path, not the host.
/// </summary>
public sealed class HttpFaultProxy : IAsyncDisposable
{
    private const string Next = "NextPartitionKey=";
    private const string Ours = "proxied~";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly WebApplication _app;
    private readonly HttpClient _server = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly Uri _target;
    private long _calls;
    private long _pointReads;

    private HttpFaultProxy(int targetPort)
    {
        _target = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{targetPort}"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port: 0);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Gets where it listens, on the loopback address.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Gets or sets what becomes of a request; null for nothing but passing it on. Called on any thread.</summary>
    public Func<ProxiedRequest, HttpFault?>? Fate { get; set; }

    /// <summary>Gets the number of requests received.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Gets how many of them read one row.</summary>
    public long PointReads => Interlocked.Read(ref _pointReads);

    /// <summary>Begins to listen.</summary>
    /// <param name="targetPort">The server's port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<HttpFaultProxy> StartAsync(int targetPort, CancellationToken cancellationToken)
    {
        var proxy = new HttpFaultProxy(targetPort);
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private static async Task<ProxiedRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        return new ProxiedRequest(context.Request.Method, target, body.ToArray());
    }

    private static Task FailAsync(HttpContext context, HttpFault fault)
    {
        context.Response.StatusCode = fault.Status;
        context.Response.Headers["x-ms-error-code"] = fault.Code;
        if (fault.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsync($"{{\"odata.error\":{{\"code\":\"{fault.Code}\",\"message\":{{\"lang\":\"en-US\",\"value\":\"Injected.\"}}}}}}");
    }

    // The continuation token is the start of the query, so the next request begins there.
    private static Task AnswerEmptyAsync(HttpContext context, ProxiedRequest request)
    {
        var query = WithoutOurs(request.Target).Split('?', 2) is [_, { } text] ? text : "";
        var from = string.Join('&', query.Split('&').Where(IsContinuation));
        context.Response.Headers["x-ms-continuation-NextPartitionKey"] = Ours + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(from));
        context.Response.ContentType = "application/json;odata=minimalmetadata";
        return context.Response.WriteAsync("""{"value":[]}""");
    }

    private static string WithoutOurs(string target)
    {
        if (target.Split('?', 2) is not [var path, var query] || !query.Contains(Next + Ours, StringComparison.Ordinal))
        {
            return target;
        }

        var parts = query.Split('&');
        var token = parts.First(part => part.StartsWith(Next + Ours, StringComparison.Ordinal))[(Next.Length + Ours.Length)..];
        var from = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token));
        return $"{path}?{string.Join('&', parts.Where(part => !IsContinuation(part)).Append(from).Where(part => part.Length > 0))}";
    }

    private static bool IsContinuation(string part) =>
        part.StartsWith(Next, StringComparison.Ordinal) || part.StartsWith("NextRowKey=", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReadAsync(context);
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _pointReads, request.IsPointRead ? 1 : 0);
        var fault = Fate?.Invoke(request);
        try
        {
            await MeetAsync(context, request, fault);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The server is gone, or the client: there is nothing to pass on.
            context.Abort();
        }
    }

    private async Task MeetAsync(HttpContext context, ProxiedRequest request, HttpFault? fault)
    {
        switch (fault?.Kind)
        {
            case HttpFaultKind.Answer:
                await FailAsync(context, fault);
                break;
            case HttpFaultKind.Problem:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = "application/problem+json";
                await context.Response.WriteAsync($$"""{"type":"urn:session-functions:problem:{{fault.Code}}","title":"Injected.","status":{{fault.Status}}}""", context.RequestAborted);
                break;
            case HttpFaultKind.EmptyPage:
                await AnswerEmptyAsync(context, request);
                break;
            case HttpFaultKind.Reset:
                context.Abort();
                break;
            case HttpFaultKind.BlackHole:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            case HttpFaultKind.CutAnswer:
                using (await ForwardAsync(context, request))
                {
                    context.Abort();
                }

                break;
            case HttpFaultKind.Html:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><body>Please sign in.</body></html>", context.RequestAborted);
                break;
            case HttpFaultKind.HalfAnswer:
                using (var answer = await ForwardAsync(context, request))
                {
                    await CopyAsync(context, answer, isHalved: true);
                }

                break;
            default:
                await Task.Delay(fault?.Delay ?? TimeSpan.Zero, TimeProvider.System, context.RequestAborted);
                using (var answer = await ForwardAsync(context, request))
                {
                    await CopyAsync(context, answer, isHalved: false);
                }

                break;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, ProxiedRequest asked)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), new Uri(_target.GetLeftPart(UriPartial.Authority) + WithoutOurs(asked.Target), in AsWritten));
        if (asked.IsWrite)
        {
            request.Content = new ReadOnlyMemoryContent(asked.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        // Without the client's cancellation token: a sent request takes effect even if its client has left.
        return await _server.SendAsync(request, CancellationToken.None);
    }

    private static async Task CopyAsync(HttpContext context, HttpResponseMessage answer, bool isHalved)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        // An answer without a body may not even be written nothing to.
        var body = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
        if (isHalved)
        {
            body = body[..(body.Length / 2)];
            context.Response.ContentLength = body.Length;
        }

        if (body.Length > 0)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
