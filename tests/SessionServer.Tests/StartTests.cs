using System.Globalization;
using System.Net.Sockets;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>A start waits for nothing but its own configuration.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Without_its_stores_the_server_starts_and_is_live_and_says_that_it_is_not_ready()
    {
        var nowhere = AzuriteServer.ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        await using var server = await SessionServerProcess.StartLiveAsync(
            nowhere, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort.Next()}"), settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        Assert.Equal(200, (int)(await api.SendAsync("GET", "/health/live", credential: null)).Status);
        Assert.Equal(503, (int)(await api.SendAsync("GET", "/health/ready", credential: null)).Status);
        Assert.Equal(503, (int)(await api.ServiceAsync("POST", "/v1/sessions", "{}")).Status);
    }

    [Fact]
    public async Task Stores_that_take_connections_and_never_answer_do_not_hold_up_the_start()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, port: 0);
        silent.Start();
        var address = silent.LocalEndpoint.ToString()!;
        await using var server = await SessionServerProcess.StartLiveAsync(
            AzuriteServer.ConnectionStringFor("http://" + address), address, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        Assert.Equal(200, (int)(await api.SendAsync("GET", "/health/live", credential: null)).Status);
        Assert.Equal(503, (int)(await api.SendAsync("GET", "/health/ready", credential: null)).Status);
    }
}
