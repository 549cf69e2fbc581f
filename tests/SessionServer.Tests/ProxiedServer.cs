using Support.Faults;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>A server without a cache whose way to Azurite leads through a proxy. Its tests take turns, and leave the proxy without a fate.</summary>
public sealed class ProxiedServer : IAsyncLifetime
{
    private HttpFaultProxy? _proxy;
    private SessionServerProcess? _server;
    private ApiClient? _api;

    /// <summary>Gets what decides the fate of the server's requests to its tables.</summary>
    public HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("Not started.");

    /// <summary>Gets a client of the server.</summary>
    public ApiClient Api => _api ?? throw new InvalidOperationException("Not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        _proxy = await HttpFaultProxy.StartAsync(azurite.Port, CancellationToken.None);
        _server = await SessionServerProcess.StartAsync(
            TableServerProcess.ConnectionStringFor(_proxy.Port), redis: null, settings: null, CancellationToken.None);
        _api = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _api?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }
}
