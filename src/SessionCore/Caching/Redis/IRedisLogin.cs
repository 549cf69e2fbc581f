using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Authentication of a connection to Redis.</summary>
internal interface IRedisLogin : IDisposable
{
    /// <summary>Returns the configuration for connecting; the client reads it again at each reconnect.</summary>
    Task<ConfigurationOptions> ConfigureAsync();

    /// <summary>Called with the connection that was opened with a configuration.</summary>
    void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration);
}
