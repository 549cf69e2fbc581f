using System.Globalization;
using Support.Faults;
using Support.Hosts;

namespace SessionChaos.Processes;

/// <summary>Servers, tables and Redis with its replica, each a process of its own, with a proxy before each store.</summary>
internal sealed class Stand : IAsyncDisposable
{
    private int _instances;

    private Stand(TableServerProcess tables, HttpFaultProxy tableProxy, RedisPair redis)
    {
        Tables = tables;
        TableProxy = tableProxy;
        Redis = redis;
    }

    public TableServerProcess Tables { get; }

    /// <summary>Gets what stands between the servers and the tables.</summary>
    public HttpFaultProxy TableProxy { get; }

    public RedisPair Redis { get; }

    public IReadOnlyList<ServerSlot> Servers { get; private set; } = [];

    /// <summary>Gets the configuration that all servers share.</summary>
    public IReadOnlyDictionary<string, string> Settings => Servers[0].Settings;

    public static async Task<Stand> StartAsync(StandOptions options, CancellationToken cancellationToken)
    {
        var tables = await TableServerProcess.StartAsync(cancellationToken);
        var proxy = await HttpFaultProxy.StartAsync(tables.Port, cancellationToken);
        var stand = new Stand(tables, proxy, await RedisPair.StartAsync(cancellationToken));
        var redis = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{stand.Redis.Clients.Port}");
        var first = await SessionServerProcess.StartAsync(TableServerProcess.ConnectionStringFor(proxy.Port), redis, options.Settings, cancellationToken);
        var servers = new List<SessionServerProcess> { first };
        for (var i = 1; i < options.Servers; i++)
        {
            servers.Add(await first.StartSecondAsync(cancellationToken));
        }

        stand.Servers = [.. servers.Select((server, i) => new ServerSlot($"server {i + 1}", server, () => Interlocked.Increment(ref stand._instances)))];
        return stand;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await TableProxy.DisposeAsync();
        await Tables.DisposeAsync();
    }
}
