using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionHosting;

namespace SessionFunctions;

/// <summary>What the function app is made of. A start builds none of it: each part is made when a request first needs it.</summary>
internal static class FunctionsServices
{
    /// <summary>Adds the parts. Tables that were registered before are kept.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="isDevelopment">Whether a missing key ring is drawn at random, and tables are created.</param>
    public static IServiceCollection AddSessionFunctions(this IServiceCollection services, bool isDevelopment)
    {
        services.AddSessionHost(isDevelopment);
        services.AddSingleton<IPostConfigureOptions<RateLimitOptions>, PlatformAddress>();

        // What the worker answers goes out through the platform's host as it is.
        services.Configure<KestrelServerOptions>(static kestrel => kestrel.AddServerHeader = false);
        if (isDevelopment)
        {
            services.AddHostedService<DevelopmentTables>();
        }

        return services;
    }
}
