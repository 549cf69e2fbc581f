using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using StackExchange.Redis;
using Support.Servers;

namespace SessionCore.Tests.Caching;

public sealed class AddSessionCacheTests
{
    [Fact]
    public void Without_a_connection_there_is_no_cache()
    {
        using var services = Services([]);

        Assert.Null(services.GetService<ICache>());
        Assert.Null(services.GetRequiredService<Consumer>().Cache);
    }

    [Fact]
    public async Task With_a_connection_the_cache_is_measured_guarded_and_real()
    {
        var server = await RedisServer.SharedAsync();
        await using var services = Services(new Dictionary<string, string?>
        {
            ["Cache:ConnectionString"] = server.Address,
            ["Cache:KeyPrefix"] = RedisServer.NewPrefix(),
            ["Cache:OperationTimeout"] = "00:00:05",
            ["Cache:LeaseTime"] = "00:00:10",
        });
        var cache = services.GetRequiredService<Consumer>().Cache;

        Assert.IsType<InstrumentedCache>(cache);
        Assert.Same(cache, services.GetService<ICache>());
        Assert.Null(await cache.LeaseAsync("k", "L"u8.ToArray(), null, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("L"u8.ToArray(), await cache.GetAsync("k", CancellationToken.None));
    }

    [Fact]
    public async Task The_distributed_cache_shares_connection_and_key_prefix()
    {
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        await using var services = Services(new Dictionary<string, string?>
        {
            ["Cache:ConnectionString"] = server.Address,
            ["Cache:KeyPrefix"] = "app:",
            ["Cache:OperationTimeout"] = "00:00:05",
            ["Cache:LeaseTime"] = "00:00:10",
        });
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",name=observer,allowAdmin=true");

        await services.GetRequiredService<IDistributedCache>().SetStringAsync("theme", "dark");
        await services.GetRequiredService<ICache>().LeaseAsync("session", "L"u8.ToArray(), null, TimeSpan.FromMinutes(1), CancellationToken.None);

        var names = ((string?)await client.GetDatabase().ExecuteAsync("CLIENT", "LIST"))!
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Single(part => part.StartsWith("name=", StringComparison.Ordinal)));
        Assert.Equal("name=sessions", Assert.Single(names, name => name != "name=observer"));
        Assert.Equal(["app:session", "app:theme"], client.GetServer(server.Address).Keys().Select(key => (string?)key).Order(StringComparer.Ordinal));
        Assert.Equal("dark", await services.GetRequiredService<IDistributedCache>().GetStringAsync("theme"));
    }

    [Fact]
    public async Task Writes_that_wait_for_replicas_have_a_connection_of_their_own()
    {
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        await using var services = Services(new Dictionary<string, string?>
        {
            ["Cache:ConnectionString"] = server.Address,
            ["Cache:OperationTimeout"] = "00:00:05",
            ["Cache:LeaseTime"] = "00:00:10",
            ["Cache:ReplicaAcks"] = "1",
            ["Cache:ReplicaAckTimeout"] = "00:00:00.001",
        });
        var cache = services.GetRequiredService<SessionCore.Caching.Redis.RedisCache>();

        await cache.GetAsync("k", CancellationToken.None);
        await cache.EntombAsync([new("k", "T"u8.ToArray())], [], TimeSpan.FromMinutes(1), CancellationToken.None);

        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",name=observer,allowAdmin=true");
        var list = (string?)await client.GetDatabase().ExecuteAsync("CLIENT", "LIST");
        Assert.Equal(2, list!.Split('\n').Count(line => line.Contains("name=sessions", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_connection_the_distributed_cache_says_what_to_set()
    {
        await using var services = Services([]);
        var cache = services.GetRequiredService<IDistributedCache>();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync("theme"));

        Assert.Contains("Cache:ConnectionString", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_ends_the_synchronous_way_ends_the_cache_too()
    {
        var services = Services(new Dictionary<string, string?> { ["Cache:ConnectionString"] = "localhost:1" });
        Assert.NotNull(services.GetService<ICache>());

        Assert.Null(Record.Exception(services.Dispose));
    }

    [Fact]
    public void A_wrong_connection_stops_the_start()
    {
        using var services = Services(new Dictionary<string, string?>
        {
            ["Cache:ConnectionString"] = "redis:6379,password=hunter2",
            ["Cache:MaxAge"] = "01:00:00",
        });

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(2, refusal.Failures.Count());
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSessionCache()
        .AddSingleton<Consumer>()
        .BuildServiceProvider(validateScopes: true);

    private sealed class Consumer(ICache? cache = null)
    {
        public ICache? Cache => cache;
    }
}
