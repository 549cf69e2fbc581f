using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionCore.Events;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Registers the tools of operators.</summary>
public static class SessionIncidentsServiceCollectionExtensions
{
    /// <summary>Adds overview, search and jobs. Core, maintenance and events have extension methods of their own.</summary>
    public static IServiceCollection AddSessionIncidents(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // The second level is ASP.NET Core's distributed cache on Redis, where the host has registered it (AddSessionCache).
        services.AddHybridCache();
        services.AddSingleton(provider => new OverviewReader(
            provider.GetRequiredService<SessionMaintenance>(),
            provider.GetRequiredService<EventPump>(),
            provider.GetRequiredService<EventTargets>(),
            provider.GetRequiredService<DeploymentTable>(),
            provider.GetRequiredService<SessionCache>(),
            provider.GetRequiredService<CacheSealer>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<SessionJobs>(),
            new Lazy<HybridCache>(provider.GetRequiredService<HybridCache>), // it asks Redis as soon as it is made, and a start contacts no store
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TokenSearch(
            provider.GetRequiredService<SessionTables>(),
            provider.GetRequiredService<SessionTable>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JobPages>();
        services.AddSingleton<JobResults>();
        services.AddSingleton(provider => new SessionJobs(
            new JobServices(
                provider.GetRequiredService<SessionTables>(),
                provider.GetRequiredService<JobPages>(),
                provider.GetRequiredService<JobResults>(),
                provider.GetRequiredService<GenuineRows>(),
                provider.GetRequiredService<SessionTable>(),
                provider.GetRequiredService<RevocationEpoch>(),
                provider.GetRequiredService<SessionRevocation>(),
                provider.GetRequiredService<IOptions<MaintenanceOptions>>().Value,
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<MaintenanceRunner>(),
            provider.GetRequiredService<MaintenanceRuns>(),
            provider.GetRequiredService<CacheSealer>(),
            provider.GetRequiredService<DeploymentKeys>(),
            provider.GetRequiredService<ILogger<SessionJobs>>()));
        return services;
    }
}
