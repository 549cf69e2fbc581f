using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Caching.Redis;
using SessionCore.Protection;

namespace SessionCore.Caching;

/// <summary>Registers the cache.</summary>
public static class CacheServiceCollectionExtensions
{
    /// <summary>
    /// Adds the cache that <see cref="CacheOptions"/> describe. Where they name none, <see cref="ICache"/> resolves to
    /// <see langword="null"/> and the service runs without one. Nothing is contacted before the first step.
    /// </summary>
    public static IServiceCollection AddSessionCache(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheConnectionValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(CreateRedis);
        // The container hands a null on as the absence it stands for.
        services.AddSingleton<ICache>(provider => CreateCache(provider)!);
        return services;
    }

    private static InstrumentedCache? CreateCache(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CacheOptions>>().Value.IsConfigured
            ? new InstrumentedCache(
                new GuardedCache(
                    provider.GetRequiredService<RedisCache>(),
                    provider.GetRequiredService<TimeProvider>(),
                    provider.GetRequiredService<ILogger<GuardedCache>>()),
                provider.GetRequiredService<CacheMetrics>())
            : null;

    private static RedisCache CreateRedis(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<CacheOptions>>().Value;
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        var logger = provider.GetRequiredService<ILogger<RedisCache>>();
        return new RedisCache(options, () => RedisLogin.For(options, Credential, timeProvider, logger), timeProvider, logger);

        TokenCredential Credential() => provider.GetService<TokenCredential>()
            ?? AppIdentity.Credential(options.ManagedIdentityClientId);
    }
}
