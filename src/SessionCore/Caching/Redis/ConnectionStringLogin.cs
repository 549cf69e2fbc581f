using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Login with the credentials of the connection string, if any.</summary>
internal sealed class ConnectionStringLogin(CacheOptions options) : IRedisLogin
{
    public Task<ConfigurationOptions> ConfigureAsync() => Task.FromResult(RedisConfiguration.FromConnectionString(options));

    public void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration)
    {
        // A password does not expire.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
