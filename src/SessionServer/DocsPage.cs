using Microsoft.Extensions.FileProviders;

namespace SessionServer;

/// <summary>The page that shows the contract, with its viewer served from here: nothing is fetched from elsewhere.</summary>
internal static class DocsPage
{
    // Everything comes from this host, nothing is inline.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void Map(WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "docs");
        if (!Directory.Exists(folder))
        {
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.MapGet("/docs/{file?}", async (HttpContext context, string? file) =>
        {
            var found = files.GetFileInfo(file ?? "index.html");
            if (!found.Exists)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            context.Response.ContentType = TypeOf(found.Name);
            await context.Response.SendFileAsync(found, context.RequestAborted);
        });
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
}
