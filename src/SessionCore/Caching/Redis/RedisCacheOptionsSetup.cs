using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SessionCore.Caching.Redis;

/// <summary>Configures ASP.NET Core's distributed cache with the connection and the key prefix of <see cref="CacheOptions"/>.</summary>
internal sealed class RedisCacheOptionsSetup(IOptions<CacheOptions> cache, IServiceProvider services) : IConfigureOptions<RedisCacheOptions>
{
    public void Configure(RedisCacheOptions options)
    {
        options.InstanceName = cache.Value.KeyPrefix;
        options.ConnectionMultiplexerFactory = cache.Value.IsConfigured
            ? () => services.GetRequiredService<RedisMultiplexer>().ConnectAsync()
            : () => throw new InvalidOperationException(
                $"IDistributedCache has no Redis. Set {CacheOptions.SectionName}:{nameof(CacheOptions.ConnectionString)} or {CacheOptions.SectionName}:{nameof(CacheOptions.Endpoint)}.");
    }
}
