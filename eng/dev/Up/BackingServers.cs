using Dev.Setup;
using Support.Servers;

namespace Dev.Up;

/// <summary>The table store and the cache of one run.</summary>
internal sealed class BackingServers : IAsyncDisposable
{
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(10);

    private readonly List<IAsyncDisposable> _started = [];
    private Func<Task>? _keep;

    /// <summary>Gets the table store's connection string.</summary>
    public string Tables { get; private set; } = string.Empty;

    /// <summary>Gets host:port of Redis; null without a cache.</summary>
    public string? Redis { get; private set; }

    /// <summary>Starts them on free ports.</summary>
    /// <param name="options">Which host they are for.</param>
    /// <param name="withRedis">Whether there is a cache.</param>
    /// <param name="folder">Where the tables are kept; null to keep nothing.</param>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(UpOptions options, bool withRedis, string? folder, Progress progress, CancellationToken cancellationToken)
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
            var (azurite, connectionString) = await FullAzurite.StartAsync(folder, cancellationToken);
            _started.Add(azurite);
            _keep = () => azurite.StopAsync(WriteLimit, Signal.Interrupt);
            Tables = connectionString;
        }
        else
        {
            var azurite = await AzuriteServer.StartAsync(cancellationToken, folder);
            _started.Add(azurite);
            _keep = () => azurite.StopAsync(WriteLimit);
            Tables = azurite.ConnectionString;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keep is not null)
        {
            await _keep();
        }

        foreach (var server in _started)
        {
            await server.DisposeAsync();
        }
    }
}
