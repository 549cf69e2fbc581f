using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events.Log;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Registers the delivery of events; nothing runs until a host calls it.</summary>
public static class SessionEventsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="EventPump"/>. A host registers its targets as a list of <see cref="IEventTarget"/>; without one there is none.</summary>
    public static IServiceCollection AddSessionEvents(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton<IReadOnlyList<IEventTarget>>([]);
        services.AddSingleton<EventMetrics>();
        services.AddSingleton<RecentIds>();
        services.AddSingleton<EventTargets>();
        services.AddSingleton<ParkedEvents>();
        services.AddSingleton<PartitionEvents>();
        services.AddSingleton<EventLogs>();
        services.AddSingleton<LogPass>();
        services.AddSingleton<LogWatch>();
        services.AddSingleton<LogCursor>();
        services.AddSingleton(provider => new EventLog(
            provider.GetRequiredService<EventLogs>(),
            provider.GetRequiredService<LogWatch>(),
            provider.GetRequiredService<LogCursor>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EndingLog(provider.GetRequiredService<EventLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PartitionDelivery>();
        services.AddSingleton<LaneDelivery>();
        services.AddSingleton(provider => new Timeline(provider.GetRequiredService<SessionTables>(), provider.GetRequiredService<GenuineRows>()));
        services.AddSingleton(provider => new EventPump(
            provider.GetRequiredService<LaneDelivery>(),
            provider.GetRequiredService<ParkedEvents>(),
            provider.GetRequiredService<EventLogs>(),
            provider.GetRequiredService<SessionTables>(),
            provider.GetRequiredService<IOptions<EventOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventPump>>()));
        return services;
    }

    /// <summary>Makes each commit of an event give a hint, where events are on. The tables must be registered before.</summary>
    /// <typeparam name="THints">Takes the hints.</typeparam>
    public static IServiceCollection AddEventHints<THints>(this IServiceCollection services)
        where THints : class, IEventHints
    {
        ArgumentNullException.ThrowIfNull(services);
        var tables = services.Last(static service => service.ServiceType == typeof(SessionTables));
        services.AddSingleton<THints>();
        return services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var plain = (SessionTables)(tables.ImplementationInstance ?? tables.ImplementationFactory!(provider)); // registered in one of the two ways
            return provider.GetRequiredService<IOptions<EventOptions>>().Value.Enabled
                ? plain with { Sessions = new HintedTable(plain.Sessions, provider.GetRequiredService<THints>()) }
                : plain;
        }));
    }
}
