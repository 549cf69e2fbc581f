using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using RedisCache = SessionCore.Caching.Redis.RedisCache;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Makes caches on a server.</summary>
internal static class RedisCaches
{
    // Long enough for a busy machine; tests of the deadline give one of their own.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);

    public static RedisCache Create(
        string address, TimeSpan? timeout = null, Action<CacheOptions>? configure = null, ILogger? logger = null)
    {
        var options = new CacheOptions { ConnectionString = address, OperationTimeout = timeout ?? Patient, LeaseTime = 2 * Patient };
        configure?.Invoke(options);
        return new RedisCache(
            options, new RedisCacheOptions { InstanceName = options.KeyPrefix, ConnectionMultiplexerFactory = ConnectAsync }, ConnectAsync, TimeProvider.System);

        Task<IConnectionMultiplexer> ConnectAsync() =>
            new RedisMultiplexer(new ConnectionStringLogin(options), logger ?? NullLogger.Instance).ConnectAsync();
    }
}
