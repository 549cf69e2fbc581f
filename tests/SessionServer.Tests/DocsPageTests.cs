using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SessionServer.Tests;

public sealed partial class DocsPageTests : IAsyncLifetime
{
    private readonly WebApplication _app = Build();
    private readonly HttpClient _client = new();

    [Fact]
    public async Task The_page_asks_no_other_host_for_anything()
    {
        var page = await _client.GetAsync(new Uri("docs", UriKind.Relative));
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        // The browser enforces it, independent of the viewer's code.
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.All(
            policy.Split(';').SelectMany(directive => directive.Trim().Split(' ')[1..]),
            source => Assert.Contains(source, (string[])["'none'", "'self'", "'unsafe-inline'", "data:"]));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.All(Addresses().Matches(await page.Content.ReadAsStringAsync()), address => Assert.StartsWith("/", address.Groups["address"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_the_page_names_is_served()
    {
        var page = await _client.GetStringAsync(new Uri("docs", UriKind.Relative));
        var files = Addresses().Matches(page).Select(match => match.Groups["address"].Value).Where(address => address.StartsWith("/docs/", StringComparison.Ordinal)).ToList();

        Assert.Contains("/docs/favicon.svg", files);
        Assert.Contains("/docs/scalar.js", files);
        foreach (var file in files.Append("/docs/reading.mjs"))
        {
            using var answer = await _client.GetAsync(new Uri(file, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(file.EndsWith(".svg", StringComparison.Ordinal) ? "image/svg+xml" : "text/javascript", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task The_viewer_is_sent_compressed_to_whoever_takes_it_and_once()
    {
        var plain = await _client.GetByteArrayAsync(new Uri("docs/scalar.js", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, "docs/scalar.js") { Headers = { { "Accept-Encoding", "gzip" } } };
        using var answer = await _client.SendAsync(request);
        await using var compressed = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await compressed.CopyToAsync(unpacked);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(plain, unpacked.ToArray());

        using var again = new HttpRequestMessage(HttpMethod.Get, "docs/scalar.js") { Headers = { { "Accept-Encoding", "gzip" }, { "If-None-Match", answer.Headers.ETag!.ToString() } } };
        using var unchanged = await _client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_404()
    {
        using var answer = await _client.GetAsync(new Uri("docs/swagger-ui.css", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    public async Task InitializeAsync()
    {
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        DocsPage.Map(app);
        return app;
    }

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();
}
