using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionApi.Tests.Callers;

public sealed class CorsTests
{
    [Fact]
    public async Task Without_origins_there_is_no_CORS_at_all()
    {
        await using var api = new ApiFixture();
        var answer = await api.SendRawAsync("GET", "/api/health/live", null, ("Origin", "https://app.example"));
        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase) || name == "Vary");
        Assert.Equal(405, (await PreflightAsync(api, "https://app.example")).Status);
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("null", false)]
    [InlineData("https://app.example.evil", false)]
    [InlineData("https://evilapp.example", false)]
    [InlineData("https://app.example:443", false)]
    [InlineData("https://app.example:444", false)]
    [InlineData("http://app.example", false)]
    [InlineData("https://APP.example", false)]
    [InlineData("https://user@app.example", false)]
    [InlineData("https://app.example/", false)]
    [InlineData("https://sub.app.example", false)]
    [InlineData("https://app.example, https://evil.example", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public async Task An_origin_is_compared_exactly(string origin, bool isAllowed)
    {
        await using var api = NewApi();
        foreach (var (method, target) in new[] { ("GET", "/api/health/live"), ("GET", "/api/v1/session"), ("GET", "/api/nowhere") })
        {
            var answer = await api.SendRawAsync(method, target, null, ("Origin", origin));
            Assert.Equal(isAllowed ? origin : null, answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("Origin", answer.Header("Vary"));
            Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        }

        var preflight = await PreflightAsync(api, origin);
        Assert.Equal(204, preflight.Status);
        Assert.Equal(isAllowed ? "GET, HEAD, DELETE" : null, preflight.Header("Access-Control-Allow-Methods"));
        Assert.Equal(isAllowed ? "600" : null, preflight.Header("Access-Control-Max-Age"));
    }

    [Fact]
    public async Task Credentials_are_allowed_in_cookie_mode_only()
    {
        await using var api = NewApi(("Cookies:Enabled", "true"));
        Assert.Equal("true", (await PreflightAsync(api, "https://app.example")).Header("Access-Control-Allow-Credentials"));
        Assert.Null((await PreflightAsync(api, "https://evil.example")).Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Every_origin_is_allowed_without_credentials_and_refused_with()
    {
        await using var open = NewApi(("Cors:Origins:0", "*"));
        Assert.Equal("*", (await PreflightAsync(open, "https://anyone.example")).Header("Access-Control-Allow-Origin"));

        await using var api = NewApi(("Cors:Origins:0", "*"), ("Cookies:Enabled", "true"));
        var fault = Assert.Throws<OptionsValidationException>(() => api.Services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal("Cors:Origins may not be '*' while Cookies:Enabled is true; list each origin.", Assert.Single(fault.Failures));
    }

    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/path")]
    [InlineData("https://*.example")]
    [InlineData("app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("null")]
    [InlineData("https://user@app.example")]
    public async Task An_origin_that_no_browser_sends_is_refused_at_start(string origin)
    {
        await using var api = NewApi(("Cors:Origins:0", origin));
        var fault = Assert.Throws<OptionsValidationException>(() => api.Services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("Cors:Origins:0 must be an origin", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preflight_of_an_unknown_path_is_404()
    {
        await using var api = NewApi();
        Assert.Equal(404, (await PreflightAsync(api, "https://app.example", "/api/nowhere")).Status);
    }

    private static ApiFixture NewApi(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Cors:Origins:0"] = "https://app.example", ["Cors:Origins:1"] = "http://localhost:3000" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new ApiFixture(all);
    }

    private static Task<ApiAnswer> PreflightAsync(ApiFixture api, string origin, string target = "/api/v1/session") => api.SendRawAsync(
        "OPTIONS", target, null, ("Origin", origin), ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "x-session-csrf"));
}
