using Support.Faults;
using Support.Hosts;
using Support.Servers;

namespace SessionAspNetCore.Tests.Hosting;

/// <summary>The API as a process, with a proxy before it that counts and decides the fate of requests.</summary>
[CollectionDefinition(nameof(ApiServer))]
public sealed class ApiServer : IAsyncLifetime, ICollectionFixture<ApiServer>
{
    private static readonly Dictionary<string, string> Settings = new(PassportSettings.New(), StringComparer.OrdinalIgnoreCase)
    {
        // Every question why a session ended is a request with a bad credential, and all come from here.
        ["RateLimit:Failures"] = "100000",
        ["Cache:MaxAge"] = "00:00:30",
    };

    private SessionServerProcess? _server;
    private HttpFaultProxy? _proxy;

    /// <summary>Gets the proxy.</summary>
    public HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The API is not started.");

    /// <summary>Gets the address of the API, by way of the proxy.</summary>
    public Uri Address => new($"http://127.0.0.1:{Proxy.Port}/api");

    /// <summary>Gets the address of the API itself.</summary>
    public Uri DirectAddress => new(Server.Url, "/api");

    /// <summary>Gets the key of a service.</summary>
    public string ServiceKey => Server.ServiceKey;

    private SessionServerProcess Server => _server ?? throw new InvalidOperationException("The API is not started.");

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis.Address, Settings, CancellationToken.None);
        _proxy = await HttpFaultProxy.StartAsync(_server.Url.Port, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
