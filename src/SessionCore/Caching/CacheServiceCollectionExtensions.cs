using Azure.Core;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Caching.Redis;
using SessionCore.Configuration;
using SessionCore.Protection;

namespace SessionCore.Caching;

/// <summary>Registers the cache.</summary>
public static class CacheServiceCollectionExtensions
{
    // WAIT blocks all later commands on its connection, so it has one of its own.
    private const string WaitingForReplicas = "waiting for replicas";

    // Opened by the first client that waits for changes.
    private const string Listening = "listening";

    /// <summary>
    /// Adds the cache of <see cref="CacheOptions"/>. When none is configured, <see cref="ICache"/> resolves to <see langword="null"/>
    /// and the service runs without a cache. Nothing is contacted before the first call.
    /// </summary>
    /// <remarks>
    /// Also adds ASP.NET Core's distributed cache on Redis, which shares the connection and the key prefix.
    /// </remarks>
    public static IServiceCollection AddSessionCache(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddConfiguredOptions<CacheOptions, CacheOptionsValidator>(CacheOptions.SectionName);
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheConnectionValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<CacheMetrics>();
        services.AddStackExchangeRedisCache(static _ => { });
        services.AddSingleton<IConfigureOptions<RedisCacheOptions>, RedisCacheOptionsSetup>();
        services.AddSingleton(CreateMultiplexer);
        services.AddKeyedSingleton(WaitingForReplicas, static (provider, _) => CreateMultiplexer(provider));
        services.AddKeyedSingleton(Listening, static (provider, _) => CreateMultiplexer(provider, static login => new SubscribingLogin(login)));
        services.AddSingleton(CreateRedis);
        // The container passes null on as "no service".
        services.AddSingleton<ICache>(provider => CreateCache(provider)!);
        services.AddSingleton<IChangeChannel>(provider => CreateChannel(provider)!);
        return services;
    }

    private static InstrumentedCache? CreateCache(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CacheOptions>>().Value.IsConfigured
            ? new InstrumentedCache(
                new GuardedCache(
                    provider.GetRequiredService<Redis.RedisCache>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<GuardedCache>>()),
                provider.GetRequiredService<CacheMetrics>())
            : null;

    private static RedisChangeChannel? CreateChannel(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CacheOptions>>().Value.IsConfigured
            ? new RedisChangeChannel(
                provider.GetRequiredService<RedisMultiplexer>(),
                () => provider.GetRequiredKeyedService<RedisMultiplexer>(Listening).ConnectAsync(),
                provider.GetRequiredService<IOptions<RedisCacheOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<RedisChangeChannel>>())
            : null;

    private static Redis.RedisCache CreateRedis(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<CacheOptions>>().Value,
        provider.GetRequiredService<IOptions<RedisCacheOptions>>().Value,
        () => provider.GetRequiredKeyedService<RedisMultiplexer>(WaitingForReplicas).ConnectAsync(),
        provider.GetRequiredService<TimeProvider>());

    private static RedisMultiplexer CreateMultiplexer(IServiceProvider provider) => CreateMultiplexer(provider, static login => login);

    private static RedisMultiplexer CreateMultiplexer(IServiceProvider provider, Func<IRedisLogin, IRedisLogin> change)
    {
        var options = provider.GetRequiredService<IOptions<CacheOptions>>().Value;
        var logger = provider.GetRequiredService<ILogger<RedisMultiplexer>>();
        return new RedisMultiplexer(change(RedisLogin.For(options, Credential, provider.GetRequiredService<TimeProvider>(), logger)), logger);

        TokenCredential Credential() => provider.GetService<TokenCredential>()
            ?? AppIdentity.Credential(options.ManagedIdentityClientId);
    }
}
