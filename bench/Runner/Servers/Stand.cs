using Bench.Runner.Meters;
using Support.Servers;

namespace Bench.Runner.Servers;

/// <summary>The servers of a run and the stores they share. All are up at once; only the one whose turn it is has work.</summary>
internal sealed class Stand : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];

    private Stand(Repository repository, RedisServer redis, AzuriteServer azurite, string gauge)
    {
        Repository = repository;
        Redis = redis;
        Azurite = azurite;
        Gauge = gauge;
        RedisMeter = new RedisMeter(redis.Port);
    }

    public Repository Repository { get; }

    public RedisServer Redis { get; }

    public AzuriteServer Azurite { get; }

    public RedisMeter RedisMeter { get; }

    /// <summary>Gets the assembly that reports the allocations of a .NET server.</summary>
    public string Gauge { get; }

    public static async Task<Stand> StartAsync(Repository repository, CancellationToken cancellationToken)
    {
        await Repository.InstallAsync(repository.Root, cancellationToken);
        var gauge = await repository.PublishAsync("bench/Gauge", "Bench.Gauge.dll", cancellationToken);
        var redis = await RedisServer.StartAsync(cancellationToken);
        var azurite = await AzuriteServer.StartAsync(cancellationToken);
        var stand = new Stand(repository, redis, azurite, gauge);
        stand._started.AddRange([redis, azurite]);
        return stand;
    }

    public async Task<BenchServer> StartAsync(ServerRecipe recipe, CancellationToken cancellationToken)
    {
        var server = await BenchServer.StartAsync(recipe, cancellationToken);
        _started.Add(server);
        return server;
    }

    /// <summary>Gets the least Kestrel app: the limits without stores. Set once the limits have been started.</summary>
    public ServerRecipe LeastRecipe { get; private set; } = Recipes.Dotnet("least", string.Empty, null, new Dictionary<string, string>(StringComparer.Ordinal));

    public async Task<BenchServer> StartLimitsAsync(CancellationToken cancellationToken)
    {
        var assembly = await Repository.PublishServerAsync("bench/Limits", "Bench.Limits.dll", cancellationToken);
        LeastRecipe = Recipes.Dotnet("least Kestrel app", assembly, gauge: null, new Dictionary<string, string>(StringComparer.Ordinal), "/static");
        return await StartAsync(Recipes.Dotnet("limits", assembly, Gauge, StoreVariables(), "/static"), cancellationToken);
    }

    /// <summary>Starts the peers that can run here, by name; says why the others cannot.</summary>
    public async Task<IReadOnlyList<BenchServer>> StartPeersAsync(TextWriter log, CancellationToken cancellationToken)
    {
        await Repository.InstallAsync(Repository.Peers, cancellationToken);
        var assembly = await Repository.PublishServerAsync("bench/peers/AspNetCore", "Bench.Peers.AspNetCore.dll", cancellationToken);
        var peers = new List<BenchServer>
        {
            await StartAsync(
                Recipes.Dotnet("aspnetcore", assembly, Gauge, new Dictionary<string, string>(StringComparer.Ordinal) { ["REDIS"] = Redis.Address }),
                cancellationToken),
        };
        foreach (var name in (string[])["fastify", "express", "better-auth"])
        {
            peers.Add(await StartAsync(Recipes.Node(name, Path.Combine(Repository.Peers, name + ".mjs"), Redis.Address), cancellationToken));
        }

        if (await DjangoPackages.AreInstalledAsync(cancellationToken))
        {
            peers.Add(await StartDjangoAsync(cancellationToken));
        }
        else
        {
            await log.WriteLineAsync($"Django is left out: its packages are not installed. {DjangoPackages.HowToInstall}");
        }

        return peers;
    }

    /// <summary>The variables that tell a server of ours where the stores are.</summary>
    public Dictionary<string, string> StoreVariables() => new(StringComparer.Ordinal)
    {
        ["Cache__ConnectionString"] = Redis.Address,
        ["Tables__ConnectionString"] = Azurite.ConnectionString,
    };

    public async ValueTask DisposeAsync()
    {
        RedisMeter.Dispose();
        foreach (var server in Enumerable.Reverse(_started))
        {
            await server.DisposeAsync();
        }
    }

    private async Task<BenchServer> StartDjangoAsync(CancellationToken cancellationToken)
    {
        var postgres = await PostgresServer.StartAsync(cancellationToken);
        _started.Add(postgres);
        var folder = Path.Combine(Repository.Peers, "django");
        var variables = Recipes.DjangoVariables(Redis.Address, postgres).Select(pair => $"{pair.Key}={pair.Value}");
        await Repository.RunAsync(folder, "env", [.. variables, DjangoPackages.Python, "app.py", "migrate", "--verbosity", "0"], cancellationToken);
        return await StartAsync(Recipes.Django(folder, Redis.Address, postgres), cancellationToken);
    }
}
