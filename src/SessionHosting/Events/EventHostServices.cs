using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Registers the configured targets of events.</summary>
internal static class EventHostServices
{
    /// <summary>Adds the targets. Nothing is contacted before the first delivery.</summary>
    public static IServiceCollection AddEventTargets(this IServiceCollection services) =>
        services.AddSingleton<IReadOnlyList<IEventTarget>>(static provider =>
            [.. provider.GetRequiredService<IOptions<EventOptions>>().Value.Targets.Select(target => TargetOf(target.Key, target.Value, provider))]);

    private static IEventTarget TargetOf(string name, EventTargetOptions target, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<EventOptions>>().Value;
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        return target.Kind switch
        {
            EventTargetKind.EventGrid => new EventGridTarget(
                name,
                target,
                options.Source,
                static () => AppIdentity.Credential(managedIdentityClientId: null),
                timeProvider,
                loggers.CreateLogger<EventGridTarget>()),
            EventTargetKind.Caep => new CaepTarget(name, target, timeProvider, loggers.CreateLogger<CaepTarget>()),
            _ => new WebhookTarget(name, target, options.Source, timeProvider, loggers.CreateLogger<WebhookTarget>()),
        };
    }
}
