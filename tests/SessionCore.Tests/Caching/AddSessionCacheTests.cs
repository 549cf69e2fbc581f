using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionTesting.Servers;

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
