using System.Diagnostics;
using FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>Runs HTTP functions: the request goes to the worker's own HTTP server, the invocation to its channel, and an id joins them.</summary>
internal sealed class HttpInvoker(WorkerChannel worker, Uri httpUri, IHttpForwarder forwarder) : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Answers a request by a function. What goes wrong outside the function is an empty 500.</summary>
    public async Task InvokeAsync(HttpContext context, Function function)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.CreateVersion7().ToString(),
            TraceContext = new RpcTraceContext { TraceParent = Activity.Current?.Id ?? "", TraceState = Activity.Current?.TraceStateString ?? "" },
        };
        request.InputData.Add(new ParameterBinding { Name = function.Parameter, Data = new TypedData { Http = new RpcHttp() } });
        foreach (var (name, value) in context.Request.RouteValues)
        {
            request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? "" };
        }

        // Like the platform's host: a client's own id is kept, and then matches no invocation. The forwarder sets X-Forwarded-For,
        // X-Forwarded-Host and X-Forwarded-Proto from this connection, whatever the client sent.
        context.Request.Headers.TryAdd(InvocationHeader, request.InvocationId);
        var forwarding = forwarder.SendAsync(context, httpUri.AbsoluteUri, _client, Forwarding).AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var invocation = worker.InvokeAsync(function, request, over.Token);

        // A request that breaks off may never reach the worker, which waits for it for 15 seconds unless it has begun when the
        // cancellation comes. Nobody waits for that here.
        var isAnswered = await forwarding is ForwarderError.None;
        if (isAnswered)
        {
            isAnswered = await SucceedsAsync(invocation);
        }
        else
        {
            await over.CancelAsync();
            _ = SucceedsAsync(invocation);
        }

        if (!isAnswered && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static async Task<bool> SucceedsAsync(Task<StatusResult> invocation)
    {
        try
        {
            return (await invocation).Status is StatusResult.Types.Status.Success;
        }
        catch (IOException)
        {
            // The worker has ended.
            return false;
        }
    }

    public void Dispose() => _client.Dispose();
}
