using Microsoft.Extensions.DependencyInjection;
using SessionApi;
using SessionApi.Passports;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Events;
using SessionCore.Protection;
using SessionCore.Tables;
using SessionHosting.Events;

namespace SessionHosting;

/// <summary>Registers what both hosts share.</summary>
public static class SessionHostServices
{
    /// <summary>Delivers events for as long as the host runs; other hosts call <see cref="EventPump"/> themselves. The tables must be registered before.</summary>
    public static IServiceCollection AddEventLoop(this IServiceCollection services) => services.AddEventHints<LoopHints>().AddHostedService<EventLoop>();

    /// <summary>Adds tables, cache, core, targets of events and HTTP surface. Nothing is contacted before the first request; tables registered before are kept.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="isDevelopment">Whether missing keys are replaced by random ones.</param>
    public static IServiceCollection AddSessionHost(this IServiceCollection services, bool isDevelopment)
    {
        services.AddTableStorage();
        services.AddSessionCache();
        services.AddSessionCore();
        services.AddSessionApi();
        services.AddHostedService<LiveCountKeeper>();
        services.AddHostedService<JobLoop>();
        services.AddEventTargets();
        return isDevelopment
            ? services.PostConfigure<KeyRingOptions>(DevelopmentKeys.AddIfNone).PostConfigure<PassportOptions>(DevelopmentKeys.AddIfNone)
            : services;
    }
}
