using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Configuration;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Registers maintenance; nothing runs until a host calls it.</summary>
public static class SessionMaintenanceServiceCollectionExtensions
{
    /// <summary>Adds <see cref="SessionMaintenance"/> and its services. The core has its own extension method.</summary>
    public static IServiceCollection AddSessionMaintenance(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddConfiguredOptions<MaintenanceOptions, MaintenanceOptionsValidator>(MaintenanceOptions.SectionName);
        services.AddMetrics();
        services.AddSingleton<MaintenanceMetrics>();
        services.AddSingleton(provider => new MaintenanceStore(
            provider.GetRequiredService<SessionTables>().Sessions,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<MaintenanceOptions>>().Value.LeaseTime));
        services.AddSingleton<LiveCount>();
        services.AddSingleton<MaintenanceRuns>();
        services.AddSingleton<MaintenanceRunner>();
        services.AddSingleton<DuePages>();
        services.AddSingleton<EntryBatches>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<UserPurge>();
        services.AddSingleton<DueSweep>();
        services.AddSingleton<ExpiredSessionPurge>();
        services.AddSingleton<UserPages>();
        services.AddSingleton<DueCensusTaker>();
        services.AddSingleton<HeadRepair>();
        services.AddSingleton<ListRepair>();
        services.AddSingleton<UserCheck>();
        services.AddSingleton<UserIndexRebuild>();
        services.AddSingleton<AuditCheck>();
        services.AddSingleton<AuditVerification>();
        services.AddSingleton(provider => new SessionMaintenance(
            provider.GetRequiredService<ExpiredSessionPurge>(),
            provider.GetRequiredService<UserIndexRebuild>(),
            provider.GetRequiredService<AuditVerification>(),
            provider.GetRequiredService<AuditTrim>(),
            provider.GetRequiredService<MaintenanceRunner>(),
            provider.GetRequiredService<MaintenanceRuns>(),
            provider.GetRequiredService<MaintenanceStore>(),
            provider.GetRequiredService<LiveCount>(),
            provider.GetRequiredService<MaintenanceMetrics>(),
            provider.GetRequiredService<IOptions<MaintenanceOptions>>(),
            provider.GetRequiredService<ILogger<SessionMaintenance>>()));
        return services;
    }
}
