using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>How a connection gets into Redis, and stays in.</summary>
internal interface IRedisLogin : IDisposable
{
    /// <summary>Gives the configuration to connect with; the client reads it again whenever it reconnects.</summary>
    Task<ConfigurationOptions> ConfigureAsync();

    /// <summary>Takes note of the connection that was opened with a configuration.</summary>
    void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration);
}
