using Microsoft.Extensions.DependencyInjection;
using SessionApi;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionFunctions;

/// <summary>What the function app is made of. A start builds none of it: each part is made when a request first needs it.</summary>
internal static class FunctionsServices
{
    /// <summary>Adds the parts. Tables that were registered before are kept.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="isDevelopment">Whether a missing key ring is drawn at random, and tables are created.</param>
    public static IServiceCollection AddSessionFunctions(this IServiceCollection services, bool isDevelopment)
    {
        services.AddTableStorage();
        services.AddSessionCache();
        services.AddSessionCore();
        services.AddSessionApi();
        if (isDevelopment)
        {
            services.PostConfigure<KeyRingOptions>(AddKeyIfNone);
            services.AddHostedService<DevelopmentTables>();
        }

        return services;
    }

    // Sessions end with the process then, which is fine for a first look only.
    private static void AddKeyIfNone(KeyRingOptions options)
    {
        if (options.Ring.Count > 0)
        {
            return;
        }

        foreach (var key in KeyRing.Random())
        {
            options.Ring.Add(key);
        }
    }
}
