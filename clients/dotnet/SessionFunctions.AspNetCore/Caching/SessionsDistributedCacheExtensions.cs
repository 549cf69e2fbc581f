using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SessionFunctions.AspNetCore.Caching;

#pragma warning disable IDE0130 // Where an application's Program.cs finds it without a using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the distributed cache.</summary>
public static class SessionsDistributedCacheExtensions
{
    /// <summary>
    /// Adds an <see cref="IDistributedCache"/> on the session API, in place of one that was added before. It needs a service key with the scope
    /// <c>sessions.keyed</c>.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    public static IServiceCollection AddSessionsDistributedCache(this IServiceCollection services, Action<SessionsDistributedCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSessionsClient();
        services.AddOptions<SessionsDistributedCacheOptions>()
            .Validate(static options => options.InstanceName is not null, "InstanceName must not be null. Leave it empty for none.")
            .Validate(static options => options.DefaultSlidingExpiration >= TimeSpan.FromSeconds(1), "DefaultSlidingExpiration must be at least 1 second.")
            .ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.Replace(ServiceDescriptor.Singleton<IDistributedCache, SessionsDistributedCache>());
        return services;
    }
}
