using Microsoft.Extensions.DependencyInjection;
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
        if (isDevelopment)
        {
            services.AddHostedService<DevelopmentTables>();
        }

        return services;
    }
}
