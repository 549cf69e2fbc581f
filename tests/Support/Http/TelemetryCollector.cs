using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Support.Http;

/// <summary>Takes what is exported by OTLP over HTTP or to Application Insights, and keeps it as it came, unpacked.</summary>
public sealed class TelemetryCollector : IAsyncDisposable
{
    /// <summary>Path of the batches for Application Insights, JSON objects in lines.</summary>
    public const string Track = "/v2.1/track";

    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();
    private LoopbackApp? _app;

    private TelemetryCollector()
    {
    }

    /// <summary>Gets where it takes them.</summary>
    public Uri Url => _app!.Url; // StartAsync sets it

    /// <summary>Starts one on a free port.</summary>
    public static async Task<TelemetryCollector> StartAsync()
    {
        var collector = new TelemetryCollector();
        collector._app = await LoopbackApp.StartAsync(collector.TakeAsync);
        return collector;
    }

    /// <summary>All bodies sent to a path, as Latin-1: the names and tags of protobuf are plain text in it.</summary>
    public string TextOf(string path) => string.Join('\n', _received.Where(message => message.Path == path).Select(message => message.Text));

    /// <summary>All bodies, as Latin-1.</summary>
    public string AllText() => string.Join('\n', _received.Select(message => message.Text));

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await using (var sent = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body)
        {
            await sent.CopyToAsync(body);
        }

        var text = Encoding.Latin1.GetString(body.ToArray());
        _received.Enqueue((context.Request.Path, text));
        if (context.Request.Path == Track)
        {
            var items = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            await context.Response.WriteAsJsonAsync(new { itemsReceived = items, itemsAccepted = items, errors = Array.Empty<object>() });
        }
    }
}
