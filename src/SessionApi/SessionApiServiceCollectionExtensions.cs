using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Operations;
using SessionCore.Maintenance;

namespace SessionApi;

/// <summary>Registers the HTTP surface. A host calls this once, after the core, and hands its requests to the dispatcher.</summary>
public static class SessionApiServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="Dispatcher"/>, the operations and their options; a bad configuration stops the host at start.</summary>
    public static IServiceCollection AddSessionApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions<RateLimitOptions, RateLimitOptionsValidator>(services, RateLimitOptions.SectionName);
        AddOptions<SessionCookieOptions, SessionCookieOptionsValidator>(services, SessionCookieOptions.SectionName);
        AddOptions<CorsOptions, CorsOptionsValidator>(services, CorsOptions.SectionName);
        AddOptions<EntraOptions, EntraOptionsValidator>(services, EntraOptions.SectionName);
        services.AddSingleton<IValidateOptions<CorsOptions>, CorsOptionsCookieRule>();
        services.AddOptions<ServiceKeysOptions>()
            .Configure<IConfiguration>(static (options, configuration) =>
                // An entry that cannot be read would otherwise be left out without a word.
                configuration.GetSection(ServiceKeysOptions.SectionName).Bind(options.Keys, static binder => binder.ErrorOnUnknownConfiguration = true))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServiceKeysOptions>, ServiceKeysOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<ApiMetrics>();
        services.AddSingleton<ServiceKeys>();
        services.TryAddSingleton(provider => new EntraBackchannel(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EntraKeys>();
        services.AddSingleton<EntraTokens>();
        services.AddSingleton<ClientAddress>();
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CallerLimit>();
        services.AddSingleton<CorsPolicy>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CsrfGuard>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<SessionAnswers>();
        services.AddSessionMaintenance();
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
            provider.GetRequiredService<ILogger<Dispatcher>>()));
        return services;
    }

    private static void AddOptions<TOptions, TValidator>(IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }
}
