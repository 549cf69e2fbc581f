using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events;
using SessionCore.Sessions;

namespace SessionHosting.Events;

/// <summary>Registers the delivery of events to the configured targets.</summary>
internal static class EventHostServices
{
    /// <summary>Adds delivery, which runs for as long as the host does.</summary>
    public static IServiceCollection AddEventDelivery(this IServiceCollection services)
    {
        services.AddSingleton(static provider => TargetsOf(
            provider.GetRequiredService<IOptions<EventOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookTarget>>()));
        services.AddHostedService<EventLoop>();
        return services;
    }

    private static IReadOnlyList<IEventTarget> TargetsOf(EventOptions options, TimeProvider timeProvider, ILogger<WebhookTarget> logger) =>
        [.. options.Targets.Select(target => new WebhookTarget(target.Key, target.Value, options.Source, timeProvider, logger))];
}
