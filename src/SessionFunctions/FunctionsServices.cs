using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionCore.Events;
using SessionCore.Sessions;
using SessionHosting;

namespace SessionFunctions;

/// <summary>Services of the function app. Each is built when a request first needs it, which keeps cold starts short.</summary>
internal static class FunctionsServices
{
    /// <summary>Adds the services. Tables registered before are kept.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="isDevelopment">Whether a missing key ring is replaced by a random one, and missing tables are created.</param>
    public static IServiceCollection AddSessionFunctions(this IServiceCollection services, bool isDevelopment)
    {
        // A request that waits takes one of host.json's maxConcurrentRequests from others. Configuration is read after this, and may allow it.
        services.Configure<WaitOptions>(static waiting => waiting.Longest = TimeSpan.Zero);
        services.AddSessionHost(isDevelopment);
        services.AddEventHints<QueuedHints>();
        services.AddSingleton<IPostConfigureOptions<RateLimitOptions>, PlatformAddress>();

        // The platform's host forwards the worker's headers unchanged.
        services.Configure<KestrelServerOptions>(static kestrel => kestrel.AddServerHeader = false);
        if (isDevelopment)
        {
            services.AddHostedService<DevelopmentTables>();
        }

        return services;
    }
}
