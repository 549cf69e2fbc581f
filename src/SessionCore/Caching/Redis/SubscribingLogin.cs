using StackExchange.Redis;

namespace SessionCore.Caching.Redis;

/// <summary>Login of a connection that may subscribe. The shared connection may not, which spares every instance a second one.</summary>
internal sealed class SubscribingLogin(IRedisLogin inner) : IRedisLogin
{
    public async Task<ConfigurationOptions> ConfigureAsync()
    {
        var configuration = await inner.ConfigureAsync();
        configuration.CommandMap = CommandMap.Default;
        return configuration;
    }

    public void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration) => inner.Opened(multiplexer, configuration);

    public void Dispose() => inner.Dispose();
}
