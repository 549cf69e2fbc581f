using SessionFunctions.Client;
using Support.Faults;
using Support.Hosts;
using Support.Servers;

namespace SessionClient.Tests;

/// <summary>The Kestrel host with tables and cache, in cookie mode. Tests share it and part by users and keys.</summary>
[CollectionDefinition(nameof(RunningApi))]
public sealed class RunningApi : IAsyncLifetime, ICollectionFixture<RunningApi>
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Cookies:Enabled"] = "true",
        ["Events:Enabled"] = "true",
        ["Events:Log:Enabled"] = "true",
    };

    private SessionServerProcess? _server;

    /// <summary>Gets the address with the base path.</summary>
    public Uri Address => AddressOf(Server.Url.Port);

    /// <summary>Gets a key of a service with every scope but the operator's.</summary>
    public string ServiceKey => Server.ServiceKey;

    /// <summary>Gets an operator's key, which has no scope of a service.</summary>
    public string OperatorKey => Server.OperatorKey;

    private SessionServerProcess Server => _server ?? throw new InvalidOperationException("Not started.");

    /// <summary>A user that no other test has.</summary>
    public static string NewUser() => $"user-{Guid.CreateVersion7():N}";

    /// <summary>A key that no other test has.</summary>
    public static SessionKey NewKey() => SessionKey.Of($"key-{Guid.CreateVersion7():N}");

    /// <summary>The address with the base path of what listens on a port.</summary>
    public static Uri AddressOf(int port) => new($"http://127.0.0.1:{port}/api");

    /// <summary>Starts a proxy before the host.</summary>
    public Task<HttpFaultProxy> StartProxyAsync() => HttpFaultProxy.StartAsync(Server.Url.Port, CancellationToken.None);

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _server = await SessionServerProcess.StartAsync(HostKind.Kestrel, tables.ConnectionString, redis.Address, Settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
