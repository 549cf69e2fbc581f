using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Failures are counted by client address, behind a front end that passes it on.</summary>
public sealed class ClientAddressTests
{
    private const string Header = "X-Azure-SocketIP";

    [Fact]
    public async Task Who_fails_too_often_limits_no_other_address_and_claims_none()
    {
        var tables = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string>
        {
            ["RateLimit:ClientAddressHeader"] = Header,
            ["RateLimit:Failures"] = "3",
            ["RateLimit:FailureWindow"] = "01:00:00",
        };
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, await FailAsync(api, (Header, "192.0.2.1:4711")));
        }

        Assert.Equal(429, await FailAsync(api, (Header, "192.0.2.1")));
        Assert.Equal(401, await FailAsync(api, (Header, "192.0.2.2:4711")));

        // What the client claims stands before what the front end wrote, or in a header that is not believed.
        Assert.Equal(429, await FailAsync(api, (Header, "192.0.2.3, 192.0.2.1")));
        Assert.Equal(429, await FailAsync(api, (Header, "192.0.2.1"), ("X-Forwarded-For", "192.0.2.4"), ("CLIENT-IP", "192.0.2.4")));
    }

    private static async Task<int> FailAsync(ApiClient api, params (string Name, string Value)[] headers) =>
        (int)(await api.SendAsync("GET", "/v1/session", "sst_garbage", body: null, headers)).Status;
}
