using System.IO.Compression;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace SessionServer;

/// <summary>
/// Documentation page of the contract. Page and viewer are served from this host; the browser loads nothing from others.
/// </summary>
internal static class DocsPage
{
    // The viewer injects its styles, so inline styles are allowed; inline scripts are not.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string Viewer = "scalar.js";

    // The package embeds the viewer compressed; its own endpoint would add a page with an inline script.
    private const string ViewerResource = "ScalarStaticAssets.scalar.js";

    private static readonly EntityTagHeaderValue ViewerTag = new($"\"{typeof(ScalarOptions).Assembly.ManifestModule.ModuleVersionId:N}\"");

    public static void Map(WebApplication app) => app.MapGet("/docs/{file=index.html}", (RequestDelegate)SendAsync);

    private static Task SendAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
#pragma warning disable S7039 // Inline styles: the viewer injects them, and they execute nothing.
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
#pragma warning restore S7039
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        var file = (string?)context.GetRouteValue("file") ?? ""; // the route has a default
        return (file == Viewer ? SendViewer(context) : SendFile(file)).ExecuteAsync(context);
    }

    private static IResult SendFile(string name) => typeof(DocsPage).Assembly.GetManifestResourceStream("docs/" + name) is { } file
        ? Results.Stream(file, TypeOf(name))
        : Results.NotFound();

    private static IResult SendViewer(HttpContext context)
    {
        var compressed = typeof(ScalarOptions).Assembly.GetManifestResourceStream(ViewerResource)
            ?? throw new InvalidOperationException($"The package of the viewer does not contain {ViewerResource}.");
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Stream(new GZipStream(compressed, CompressionMode.Decompress), TypeOf(Viewer));
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Stream(compressed, TypeOf(Viewer), entityTag: ViewerTag);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };
}
