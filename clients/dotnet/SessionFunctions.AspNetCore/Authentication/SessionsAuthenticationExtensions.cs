using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Authentication;

// Where AddCookie is, so that an application changes one line.
#pragma warning disable IDE0130 // Where an application's Program.cs finds it without a using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Authentication by sessions of the session API.</summary>
public static class SessionsAuthenticationExtensions
{
    /// <summary>Adds authentication by sessions in place of cookie authentication, under the scheme <see cref="SessionsDefaults.AuthenticationScheme"/>.</summary>
    /// <remarks>The API is the one that <c>AddSessionsClient</c> names, or without it <c>SESSIONS_URL</c> and <c>SESSIONS_KEY</c> of the configuration.</remarks>
    public static AuthenticationBuilder AddSessions(this AuthenticationBuilder builder, Action<SessionsAuthenticationOptions>? configure = null) =>
        builder.AddSessions(SessionsDefaults.AuthenticationScheme, configure);

    /// <summary>Adds authentication by sessions in place of cookie authentication.</summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">Sets options; null to keep the defaults.</param>
    public static AuthenticationBuilder AddSessions(this AuthenticationBuilder builder, string authenticationScheme, Action<SessionsAuthenticationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        var services = builder.Services;
        services.AddSessionsClient();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SessionLifetimes>();
        services.TryAddSingleton<KeptSessions>();
        services.TryAddSingleton<KnownSessions>();
        FollowedFeed.Register(services, provider =>
            provider.GetRequiredService<IOptionsMonitor<SessionsAuthenticationOptions>>().Get(authenticationScheme) is { Validation: SessionValidation.Passport } options
                ? options.MaxFeedAge
                : null);
        services.TryAddScoped<SessionFallback>();
        services.TryAddTransient<UserSessions>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IAuthorizationHandler, SessionSignInHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SessionsAuthenticationOptions>, SessionsPostConfiguration>());
        services.AddOptions<SessionsAuthenticationOptions>(authenticationScheme)
            .Validate(static options => options.Cookie.Expiration is null, "Cookie.Expiration is ignored; use ExpireTimeSpan instead.")
            .Validate(static options => options.SessionStore is null, "SessionStore has no effect: AddSessions keeps the sessions itself. Remove it, or use AddCookie with AddSessionsTicketStore.")
            .Validate(static options => options.ExpireTimeSpan >= TimeSpan.Zero, "ExpireTimeSpan must not be negative. Zero leaves it to the policy of the API.")
            .Validate(static options => options.Validation is SessionValidation.Online || options.PassportAudience is { Length: > 0 }, "PassportAudience is missing. Set it to an audience that the API grants to this service (Passports:Audiences).")
            .Validate(static options => PassportFreshness.IsAllowed(options.MaxFeedAge), PassportFreshness.Fault)
            .Validate(options => options.FallbackScheme != authenticationScheme, "FallbackScheme must be another scheme.");
        UnavailableExceptions.Register(services, authenticationScheme);
        return builder.AddScheme<SessionsAuthenticationOptions, SessionsAuthenticationHandler>(authenticationScheme, displayName: null, configure);
    }
}
