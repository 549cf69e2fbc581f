using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Support.Http;

/// <summary>Takes what is exported by OTLP over HTTP or to Application Insights, and keeps it as it came, unpacked.</summary>
public sealed class TelemetryCollector : IAsyncDisposable
{
    /// <summary>Path of the batches for Application Insights, JSON objects in lines.</summary>
    public const string Track = "/v2.1/track";

    private readonly ConcurrentQueue<(string Path, string Text)> _received = new();
    private readonly WebApplication _app;

    private TelemetryCollector(WebApplication app) => _app = app;

    /// <summary>Gets where it takes them.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts one on a free port.</summary>
    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new TelemetryCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All bodies sent to a path, as Latin-1: the names and tags of protobuf are plain text in it.</summary>
    public string TextOf(string path) => string.Join('\n', _received.Where(message => message.Path == path).Select(message => message.Text));

    /// <summary>All bodies, as Latin-1.</summary>
    public string AllText() => string.Join('\n', _received.Select(message => message.Text));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

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
