using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionApi.Callers;

namespace SessionApi.Tests.Callers;

public sealed class TrustedProxiesTests : IAsyncDisposable
{
    private readonly ApiFixture _api = new(new Dictionary<string, string?>
    {
        ["Cookies:Enabled"] = "true",
        ["Proxies:Trusted:0"] = "10.0.0.0/8",
        ["RateLimit:Failures"] = "1000000",
    });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("https://app.example", "https", "app.example", true)]
    [InlineData("https://app.example", "https", "app.example:443", true)]
    [InlineData("https://app.example:443", "https", "app.example", true)]
    [InlineData("https://app.example", "https", "APP.example", true)]
    [InlineData("https://app.example:8443", "https", "app.example:8443", true)]
    [InlineData("https://app.example", "HTTPS", "app.example", true)]
    [InlineData("http://app.example", "http", "app.example:80", true)]
    [InlineData("http://app.example", "https", "app.example", false)]
    [InlineData("https://app.example:444", "https", "app.example", false)]
    [InlineData("https://evil.example", "https", "app.example", false)]
    [InlineData("https://app.example/", "https", "app.example", false)]
    [InlineData("https://app.example@evil.example", "https", "app.example", false)]
    [InlineData("null", "https", "app.example", false)]
    [InlineData("https://app.example", "https, http", "app.example, inner.local", false)]
    public void An_origin_is_compared_with_what_the_client_called(string origin, string proto, string host, bool isOwn)
    {
        var context = Behind("10.0.0.1", proto, host, forwardedFor: "203.0.113.7");
        Assert.Equal(isOwn, _api.Services.GetRequiredService<TrustedProxies>().IsOwnOrigin(origin, context));
    }

    [Theory]
    [InlineData("203.0.113.7, 10.0.0.2", "https, http", "app.example, inner.local", true)]
    [InlineData("203.0.113.7, 10.0.0.2", "https", "app.example", true)]
    [InlineData("198.51.100.1, 203.0.113.7", "https, http", "app.example, app.example", false)]
    public void Of_several_proxies_the_first_trusted_one_tells(string forwardedFor, string proto, string host, bool isOwn)
    {
        var context = Behind("10.0.0.1", proto, host, forwardedFor);
        Assert.Equal(isOwn, _api.Services.GetRequiredService<TrustedProxies>().IsOwnOrigin("https://app.example", context));
    }

    [Fact]
    public void A_client_that_is_no_trusted_proxy_is_not_believed()
    {
        var context = Behind("192.0.2.1", "https", "app.example", forwardedFor: "10.0.0.9");
        var proxies = _api.Services.GetRequiredService<TrustedProxies>();
        Assert.False(proxies.IsOwnOrigin("https://app.example", context));
        Assert.True(proxies.IsOwnOrigin("http://inner.local:7071", context));
        Assert.Equal(IPAddress.Parse("192.0.2.1"), proxies.AddressOf(context));
    }

    [Fact]
    public async Task A_write_by_cookie_behind_a_proxy_that_ends_TLS_succeeds()
    {
        var (_, token) = await _api.CreateAsync();
        var csrf = (await _api.SendRawAsync("GET", "/api/v1/session", null, ("Cookie", $"__Host-session={token}"))).Text("csrfToken");
        foreach (var (origin, status) in new[] { ("https://evil.example", 403), ("https://app.example", 200) })
        {
            var context = _api.NewContext(
                "POST",
                "/api/v1/session/touch",
                ("Cookie", $"__Host-session={token}"),
                ("X-Session-CSRF", csrf),
                ("Origin", origin),
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "app.example"));
            context.Request.Scheme = "http";
            context.Request.Host = new HostString("inner.local", 7071);
            context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.1");
            await _api.RunAsync(context);
            Assert.Equal(status, context.Response.StatusCode);
        }
    }

    private DefaultHttpContext Behind(string connection, string proto, string host, string forwardedFor)
    {
        var context = _api.NewContext(
            "POST", "/api/v1/session/touch", ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", proto), ("X-Forwarded-Host", host));
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("inner.local", 7071);
        context.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        return context;
    }
}
