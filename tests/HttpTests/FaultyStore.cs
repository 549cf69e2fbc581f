using System.Globalization;
using Support.Faults;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>A host whose tables are behind a proxy that can fail, and that has no cache to fall back on.</summary>
public sealed class FaultyStore : IAsyncLifetime
{
    private HttpFaultProxy? _proxy;
    private SessionServerProcess? _server;
    private ApiClient? _client;

    public ApiClient Client => _client ?? throw new InvalidOperationException("The host is not started.");

    public HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The proxy is not started.");

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        _proxy = await HttpFaultProxy.StartAsync(PortOf(tables), CancellationToken.None);
        var proxied = AzuriteServer.ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_proxy.Port}"));
        _server = await SessionServerProcess.StartAsync(TestedHost.Kind, proxied, redis: null, settings: null, CancellationToken.None);
        _client = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static int PortOf(AzuriteServer tables)
    {
        var endpoint = tables.ConnectionString.Split(';').Single(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal));
        return new Uri(endpoint[(endpoint.IndexOf('=') + 1)..]).Port;
    }
}
