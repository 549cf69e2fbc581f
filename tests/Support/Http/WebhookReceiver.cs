using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Support.Http;

/// <summary>A webhook on a free port of this machine, which keeps what is posted to it.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private LoopbackApp? _app;

    private WebhookReceiver()
    {
    }

    /// <summary>Gets where it takes them.</summary>
    public Uri Url => new(_app!.Url, "/hook"); // StartAsync sets it

    /// <summary>Gets or sets how it answers.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Gets what has been posted, in order.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>Starts one.</summary>
    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        receiver._app = await LoopbackApp.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    /// <summary>Waits until a number of posts have come.</summary>
    public async Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            await _arrived.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until a certain post has come; those that it looks at meanwhile no longer count for <see cref="WaitAsync"/>.</summary>
    public async Task WaitForAsync(Func<ReceivedWebhook, bool> isIt, CancellationToken cancellationToken)
    {
        while (!_received.Any(isIt))
        {
            await _arrived.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync(); // StartAsync sets it
        _arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue(new ReceivedWebhook(context.Request.Path, headers, body.ToArray()));
        _arrived.Release();
        await Answer(context);
    }
}

/// <summary>What was posted to a webhook.</summary>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body as it came.</param>
public sealed record ReceivedWebhook(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);
