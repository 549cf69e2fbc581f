using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SessionConsole.Tests;

/// <summary>The files of the console as the server sends them.</summary>
[Collection(nameof(ConsoleSite))]
public sealed partial class ServingTests(ConsoleSite site)
{
    private const int MaxFirstLoadBytes = 150 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
    {
        BaseAddress = new Uri(site.Server.Url, "/console/"),
    };

    [Fact]
    public async Task The_policy_allows_nothing_but_this_host_and_nothing_inline()
    {
        using var page = await GetAsync("");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.All(
            policy.Split(';').SelectMany(directive => directive.Trim().Split(' ')[1..]),
            source => Assert.Contains(source, (string[])["'none'", "'self'", "'script'"]));
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(html), script => Assert.Contains(" src=", script.Value, StringComparison.Ordinal));
        Assert.All(Addresses().Matches(html), address => Assert.StartsWith("./assets/", address.Groups["address"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_load_is_small()
    {
        var html = await _client.GetStringAsync(new Uri("", UriKind.Relative));
        var files = Addresses().Matches(html).Select(match => match.Groups["address"].Value).Append("").Append("config.json").ToList();
        Assert.True(files.Count >= 5, "The page names a script, a style sheet and an icon.");

        long total = 0;
        foreach (var file in files)
        {
            using var answer = await GetAsync(file, "gzip");
            total += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(total, 1, MaxFirstLoadBytes);
    }

    [Fact]
    public async Task Assets_are_named_by_their_content_and_kept_the_page_is_asked_for_again()
    {
        var html = await _client.GetStringAsync(new Uri("", UriKind.Relative));
        foreach (var file in Addresses().Matches(html).Select(match => match.Groups["address"].Value))
        {
            Assert.Matches(@"-[\w-]{8}\.\w+$", file);
            using var asset = await GetAsync(file, "br;q=1.0, gzip");
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", asset.Headers.GetValues("Cache-Control")));
            Assert.Equal(["br"], asset.Content.Headers.ContentEncoding);
            Assert.Equal("nosniff", asset.Headers.GetValues("X-Content-Type-Options").Single());
        }

        using var page = await GetAsync("");
        Assert.True(page.Headers.CacheControl?.NoCache);
        using var configuration = await GetAsync("config.json");
        Assert.True(configuration.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_coding_that_is_refused_is_not_sent()
    {
        using var plain = await GetAsync("", "br;q=0, gzip;q=0.0");

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", plain.Headers.Vary);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("index.html.gz")]
    [InlineData("../api/health/ready/x")]
    public async Task What_is_no_file_of_the_console_is_not_found(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_address_without_a_slash_leads_to_the_page()
    {
        using var answer = await _client.GetAsync(new Uri("/console", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/console/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_configuration_says_where_the_api_is_and_holds_no_secret()
    {
        using var configuration = JsonDocument.Parse(await _client.GetStringAsync(new Uri("config.json", UriKind.Relative)));

        Assert.Equal(["apiUrl", "development"], configuration.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("../api", configuration.RootElement.GetProperty("apiUrl").GetString());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string encoding = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await _client.SendAsync(request);
    }

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();

    [GeneratedRegex("<script[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Scripts();
}
