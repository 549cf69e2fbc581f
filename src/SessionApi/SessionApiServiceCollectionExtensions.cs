using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Http;
using SessionApi.Operations;
using SessionApi.Passports;
using SessionCore.Configuration;
using SessionCore.Events;
using SessionCore.Incidents;
using SessionCore.Maintenance;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi;

/// <summary>Registers the HTTP surface. A host calls this once, after the core, and passes its requests to the dispatcher.</summary>
public static class SessionApiServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="Dispatcher"/>, the operations and their options; a bad configuration stops the host at start.</summary>
    public static IServiceCollection AddSessionApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddConfiguredOptions<RateLimitOptions, RateLimitOptionsValidator>(RateLimitOptions.SectionName);
        services.AddConfiguredOptions<ProxiesOptions, ProxiesOptionsValidator>(ProxiesOptions.SectionName);
        services.AddConfiguredOptions<SessionCookieOptions, SessionCookieOptionsValidator>(SessionCookieOptions.SectionName);
        services.AddConfiguredOptions<CorsOptions, CorsOptionsValidator>(CorsOptions.SectionName);
        services.AddConfiguredOptions<EntraOptions, EntraOptionsValidator>(EntraOptions.SectionName);
        services.AddSingleton<IValidateOptions<CorsOptions>, CorsOptionsCookieRule>();
        services.AddConfiguredOptions<ServiceKeysOptions, ServiceKeysOptionsValidator>(ServiceKeysOptions.SectionName, static options => options.Keys);
        services.AddConfiguredOptions<PassportOptions, PassportOptionsValidator>(PassportOptions.SectionName);
        services.AddSingleton<IValidateOptions<PassportOptions>, PassportOptionsEventRule>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<StoreReadiness>();
        services.AddSingleton<ServiceKeys>();
        services.TryAddSingleton(provider => new EntraBackchannel(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EntraKeys>();
        services.AddSingleton<EntraTokens>();
        services.AddSingleton<TrustedProxies>();
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CallerLimit>();
        services.AddSingleton<CorsPolicy>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CsrfGuard>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<SessionAnswers>();
        services.AddSingleton<PassportKeys>();
        services.AddSingleton<PassportIssuer>();
        services.AddSingleton<Introspector>();
        services.AddSingleton<OwnSessionAnswer>();
        services.AddSingleton<RequestWait>();
        services.AddSessionMaintenance();
        services.AddSessionEvents();
        services.AddSessionIncidents();
        return AddOperations(services, OperationTable.All);
    }

    internal static IServiceCollection AddOperations(IServiceCollection services, IReadOnlyList<Operation> operations)
    {
        foreach (var operation in operations)
        {
            services.AddSingleton(operation.Handler);
        }

        services.AddSingleton(provider => new Dispatcher(
            operations,
            handler => (IOperationHandler)provider.GetRequiredService(handler),
            provider.GetRequiredService<Authenticator>(),
            provider.GetRequiredService<CorsPolicy>(),
            provider.GetRequiredService<ApiMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<EventOptions>>(),
            provider.GetRequiredService<OperatorTrail>(),
            provider.GetRequiredService<ILogger<Dispatcher>>()));
        return services;
    }
}
