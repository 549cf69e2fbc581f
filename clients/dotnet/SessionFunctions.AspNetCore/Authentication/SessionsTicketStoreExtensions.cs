using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SessionFunctions.AspNetCore.Authentication;

#pragma warning disable IDE0130 // Where an application's Program.cs finds it without a using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>The ticket store of cookie authentication on the session API.</summary>
public static class SessionsTicketStoreExtensions
{
    /// <summary>Makes cookie authentication hold its tickets in sessions of the API.</summary>
    /// <remarks>The API is the one that <c>AddSessionsClient</c> names, or without it <c>SESSIONS_URL</c> and <c>SESSIONS_KEY</c> of the configuration.</remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="authenticationScheme">The scheme of <c>AddCookie</c>.</param>
    /// <param name="configure">Sets options; null to keep the defaults.</param>
    public static IServiceCollection AddSessionsTicketStore(
        this IServiceCollection services,
        string authenticationScheme = CookieAuthenticationDefaults.AuthenticationScheme,
        Action<SessionsTicketStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSessionsClient();
        UnavailableExceptions.Register(services, SessionsDefaults.AuthenticationScheme);
        services.TryAddSingleton<SessionsTicketStore>();
        services.AddOptions<SessionsTicketStoreOptions>().Configure(configure ?? (static _ => { }));
        services.AddOptions<CookieAuthenticationOptions>(authenticationScheme)
            .Configure<SessionsTicketStore>(static (options, store) => options.SessionStore ??= store);
        return services;
    }
}
