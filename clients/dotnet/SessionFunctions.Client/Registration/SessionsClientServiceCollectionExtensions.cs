using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;
using SessionFunctions.Client.Credentials;
using SessionFunctions.Client.Diagnostics;
using SessionFunctions.Client.Http;
using SessionFunctions.Client.Registration;

#pragma warning disable IDE0130 // Where an application's Program.cs finds it without a using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers <see cref="SessionsClient"/>.</summary>
public static class SessionsClientServiceCollectionExtensions
{
    private const string ClientName = "SessionFunctions.Client";
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Adds a <see cref="SessionsClient"/> that is configured by <c>SESSIONS_URL</c> and <c>SESSIONS_KEY</c> of the application's configuration.</summary>
    /// <returns>The builder of its HTTP client, to add handlers.</returns>
    public static IHttpClientBuilder AddSessionsClient(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SessionsClientOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SessionsClientOptions>, SessionsClientVariables>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionsClientOptions>, SessionsClientOptionsValidator>());
        if (services.Any(service => service.ServiceType == typeof(SessionsClient)))
        {
            return services.AddHttpClient(ClientName);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton<CredentialTokens>();
        services.AddSingleton(CreateClient);
        return AddHttpClient(services);
    }

    /// <summary>Adds a <see cref="SessionsClient"/>.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets the options. They are validated when the application starts.</param>
    /// <returns>The builder of its HTTP client, to add handlers.</returns>
    public static IHttpClientBuilder AddSessionsClient(this IServiceCollection services, Action<SessionsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = services.AddSessionsClient();
        services.Configure(configure);
        return builder;
    }

    /// <summary>Adds a <see cref="SessionsClient"/>.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">Holds the options by their names: <c>BaseAddress</c>, <c>ServiceKey</c>, <c>Timeout</c>. A change takes effect without a restart, except of time-outs.</param>
    /// <returns>The builder of its HTTP client, to add handlers.</returns>
    public static IHttpClientBuilder AddSessionsClient(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var builder = services.AddSessionsClient(options => SessionsClientConfiguration.Read(section, options));
        services.AddSingleton<IOptionsChangeTokenSource<SessionsClientOptions>>(new ConfigurationChangeTokenSource<SessionsClientOptions>(Options.Options.DefaultName, section));
        return builder;
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services)
    {
        // The client lives as long as the application: connections are renewed, not handlers. The handlers' own logs would name users.
        var builder = services.AddHttpClient(ClientName)
            .ConfigureHttpClient(static (provider, client) =>
            {
                client.BaseAddress = provider.GetRequiredService<IOptions<SessionsClientOptions>>().Value.BaseAddress;
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true)
            .UseSocketsHttpHandler(static (handler, _) =>
            {
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.ConnectTimeout = ConnectTimeout;
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
            })
            .AddHttpMessageHandler(static provider => new StartHandler(provider.GetRequiredService<TimeProvider>()));
        builder.AddResilienceHandler("sessions", static (pipeline, context) => RequestResilience.Configure(
            pipeline,
            context.ServiceProvider.GetRequiredService<IOptions<SessionsClientOptions>>().Value,
            context.ServiceProvider.GetRequiredService<TimeProvider>()));
        return builder
            .AddHttpMessageHandler(static provider => new CredentialHandler(
                provider.GetRequiredService<IOptionsMonitor<SessionsClientOptions>>(), provider.GetRequiredService<CredentialTokens>()))
            .AddHttpMessageHandler(static () => new BufferingHandler());
    }

    private static SessionsClient CreateClient(IServiceProvider provider)
    {
        var timeProvider = provider.GetRequiredService<TimeProvider>();
        return new SessionsClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
            new ClientMetrics(provider.GetRequiredService<IMeterFactory>(), timeProvider),
            new CredentialLog(provider.GetRequiredService<ILogger<SessionsClient>>(), timeProvider),
            timeProvider);
    }
}
