using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>
/// What a trusted proxy in front of the host says. The Functions host overwrites what it said with what it sees itself, so that there
/// <c>Proxies:Trusted</c> has no effect and the connection counts.
/// </summary>
public sealed class TrustedProxyTests
{
    private const string ForwardedFor = "X-Forwarded-For";

    [Fact]
    public async Task The_last_address_before_the_trusted_proxy_counts_on_Kestrel_and_the_connection_on_Functions()
    {
        await using var server = await StartAsync(new Dictionary<string, string> { ["RateLimit:Failures"] = "3", ["RateLimit:FailureWindow"] = "01:00:00" });
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, await FailAsync(api, "192.0.2.1"));
        }

        // What stands before it is the client's own claim.
        Assert.Equal(429, await FailAsync(api, "192.0.2.1"));
        Assert.Equal(429, await FailAsync(api, "192.0.2.2, 192.0.2.1"));
        Assert.Equal(TestedHost.Kind is HostKind.Kestrel ? 401 : 429, await FailAsync(api, "192.0.2.2"));
    }

    [Fact]
    public async Task The_origin_that_the_proxy_was_called_by_is_the_own_one_on_Kestrel_and_that_of_the_host_on_Functions()
    {
        await using var server = await StartAsync(new Dictionary<string, string> { ["Cookies:Enabled"] = "true" });
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (_, token) = await api.CreateAsync("alice");
        var cookie = ("Cookie", $"__Host-session={token}");
        var csrf = (await api.SendAsync("GET", "/v1/session", credential: null, body: null, cookie)).TextOf("csrfToken");

        Assert.Equal(TestedHost.Kind is HostKind.Kestrel ? 200 : 403, await TouchAsync("https://app.example"));
        Assert.Equal(TestedHost.Kind is HostKind.Kestrel ? 403 : 200, await TouchAsync(server.Url.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(403, await TouchAsync("https://evil.example"));

        async Task<int> TouchAsync(string origin) => (int)(await api.SendAsync(
            "POST",
            "/v1/session/touch",
            credential: null,
            body: null,
            cookie,
            ("X-Session-CSRF", csrf),
            ("Origin", origin),
            (ForwardedFor, "192.0.2.1"),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "app.example"))).Status;
    }

    private static async Task<SessionServerProcess> StartAsync(Dictionary<string, string> settings)
    {
        settings["Proxies:Trusted:0"] = "127.0.0.1";
        var tables = await AzuriteServer.SharedAsync();
        return await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings, CancellationToken.None);
    }

    private static async Task<int> FailAsync(ApiClient api, string forwardedFor) =>
        (int)(await api.SendAsync("GET", "/v1/session", "sst_garbage", body: null, (ForwardedFor, forwardedFor))).Status;
}
