using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Caching;
using SessionCore.Caching.Redis;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Makes caches on a server.</summary>
internal static class RedisCaches
{
    // Long enough for a busy machine; tests of the deadline give one of their own.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);

    public static RedisCache Create(
        string address, TimeSpan? timeout = null, Action<CacheOptions>? configure = null, ILogger<RedisCache>? logger = null)
    {
        var options = new CacheOptions { ConnectionString = address, OperationTimeout = timeout ?? Patient, LeaseTime = 2 * Patient };
        configure?.Invoke(options);
        return new RedisCache(options, () => new ConnectionStringLogin(options), TimeProvider.System, logger ?? NullLogger<RedisCache>.Instance);
    }
}
