using Dev.Setup;
using SessionTesting.Servers;

namespace Dev.Up;

/// <summary>The table store and the cache of one run.</summary>
internal sealed class BackingServers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];

    /// <summary>Gets the table store's connection string.</summary>
    public string Tables { get; private set; } = string.Empty;

    /// <summary>Gets host:port of Redis; null without a cache.</summary>
    public string? Redis { get; private set; }

    /// <summary>Starts them on free ports.</summary>
    public async Task StartAsync(UpOptions options, bool withRedis, Progress progress, CancellationToken cancellationToken)
    {
        using var step = progress.Begin(withRedis ? "starting Azurite and Redis" : "starting Azurite");
        if (withRedis)
        {
            var redis = await RedisServer.StartAsync(cancellationToken);
            _started.Add(redis);
            Redis = redis.Address;
        }

        if (options.OnFunctions)
        {
            var (azurite, connectionString) = await FullAzurite.StartAsync(cancellationToken);
            _started.Add(azurite);
            Tables = connectionString;
        }
        else
        {
            var azurite = await AzuriteServer.StartAsync(cancellationToken);
            _started.Add(azurite);
            Tables = azurite.ConnectionString;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _started)
        {
            await server.DisposeAsync();
        }
    }
}
