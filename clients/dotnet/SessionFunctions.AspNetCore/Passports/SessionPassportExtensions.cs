using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionFunctions.AspNetCore.Authentication;
using SessionFunctions.AspNetCore.Passports;

#pragma warning disable IDE0130 // Where an application's Program.cs finds it without a using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Authentication by passports of the session API.</summary>
public static class SessionPassportExtensions
{
    /// <summary>
    /// Adds authentication by passports in <c>Authorization: Bearer</c>, in place of <c>AddJwtBearer</c>, under the scheme
    /// <see cref="SessionPassportDefaults.AuthenticationScheme"/>.
    /// </summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">Sets the options: issuer and audience are needed.</param>
    /// <remarks>
    /// The API is the one that <c>AddSessionsClient</c> names, or without it <c>SESSIONS_URL</c> and <c>SESSIONS_KEY</c> of the configuration. The
    /// service key needs the scope <c>sessions.endings</c> alone.
    /// </remarks>
    public static AuthenticationBuilder AddSessionPassports(this AuthenticationBuilder builder, Action<SessionPassportOptions> configure) =>
        builder.AddSessionPassports(SessionPassportDefaults.AuthenticationScheme, configure);

    /// <summary>Adds authentication by passports in <c>Authorization: Bearer</c>, in place of <c>AddJwtBearer</c>.</summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="authenticationScheme">The name of the scheme.</param>
    /// <param name="configure">Sets the options: issuer and audience are needed.</param>
    public static AuthenticationBuilder AddSessionPassports(this AuthenticationBuilder builder, string authenticationScheme, Action<SessionPassportOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(authenticationScheme);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        services.AddSessionsClient();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PassportKeys>();
        services.TryAddSingleton<VerifiedPassports>();
        services.TryAddSingleton<PassportVerifier>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IAuthorizationHandler, SessionSignInHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SessionPassportOptions>, SessionPassportPostConfiguration>());
        FollowedFeed.Register(services, provider => provider.GetRequiredService<IOptionsMonitor<SessionPassportOptions>>().Get(authenticationScheme).MaxFeedAge);
        services.AddOptions<SessionPassportOptions>(authenticationScheme)
            .Validate(static options => options.Issuer is { Length: > 0 }, "Issuer is missing. Set it to Passports:Issuer of the session API.")
            .Validate(static options => options.Audience is { Length: > 0 }, "Audience is missing. Set it to the audience of this application in Passports:Audiences of the session API.")
            .Validate(static options => PassportFreshness.IsAllowed(options.MaxFeedAge), PassportFreshness.Fault);
        return builder.AddScheme<SessionPassportOptions, SessionPassportHandler>(authenticationScheme, displayName: null, configure);
    }
}
