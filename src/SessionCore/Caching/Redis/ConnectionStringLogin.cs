using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Whatever the connection string says, a password perhaps.</summary>
internal sealed class ConnectionStringLogin(CacheOptions options) : IRedisLogin
{
    public Task<ConfigurationOptions> ConfigureAsync() => Task.FromResult(RedisConfiguration.FromConnectionString(options));

    public void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration)
    {
        // A password does not lapse.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
