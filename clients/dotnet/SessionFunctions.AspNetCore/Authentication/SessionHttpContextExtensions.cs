using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The session of a request.</summary>
public static class SessionHttpContextExtensions
{
    /// <summary>Returns the session of the request, with its sid, device and data; null when the user is not signed in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The scheme; null for the default one.</param>
    /// <exception cref="SessionsException">It is not known whether the user is signed in.</exception>
    public static async Task<Session?> GetSessionAsync(this HttpContext context, string? scheme = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var result = await context.AuthenticateAsync(scheme).ConfigureAwait(false);
        return result.Failure is SessionsException failure ? throw failure : context.Features.Get<SessionFeature>()?.Session;
    }

    /// <summary>
    /// Returns the passport of the session of the request, to call back ends of its audience with <c>Authorization: Bearer</c>. Null when the user
    /// is not signed in, or <see cref="SessionsAuthenticationOptions.Validation"/> is not <see cref="SessionValidation.Passport"/>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The scheme; null for the default one.</param>
    /// <exception cref="SessionsException">It is not known whether the user is signed in.</exception>
    public static async Task<IssuedPassport?> GetPassportAsync(this HttpContext context, string? scheme = null) =>
        await context.GetSessionAsync(scheme).ConfigureAwait(false) is null ? null : context.Features.Get<SessionFeature>()?.Passport;

    /// <summary>
    /// Returns why the session ended whose token the request presented; null when none did, or it is not known. For pages that allow
    /// anonymous users; with a challenge the reason comes by itself.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The scheme; null for the default one.</param>
    public static async Task<SessionEnd?> GetSignedOutReasonAsync(this HttpContext context, string? scheme = null) =>
        await (await HandlerAsync(context, scheme).ConfigureAwait(false)).ReadEndAsync().ConfigureAwait(false);

    /// <summary>
    /// Records that the user of the request has just been authenticated again, such as by a second factor. The session goes on under a new
    /// token, and requests of other tabs with the old one are refused.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="assuranceLevel"><c>aal1</c>, <c>aal2</c> or <c>aal3</c>.</param>
    /// <param name="methods">All methods of the session from now on (RFC 8176); null keeps them.</param>
    /// <param name="scheme">The scheme; null for the default one.</param>
    /// <exception cref="InvalidOperationException">The request has no session.</exception>
    public static async Task<Session> StepUpAsync(this HttpContext context, string assuranceLevel, IReadOnlyList<string>? methods = null, string? scheme = null) =>
        await (await HandlerAsync(context, scheme).ConfigureAwait(false)).StepUpAsync(SignInText.ParseLevel(assuranceLevel), methods).ConfigureAwait(false);

    private static async Task<SessionsAuthenticationHandler> HandlerAsync(HttpContext context, string? scheme)
    {
        ArgumentNullException.ThrowIfNull(context);
        var services = context.RequestServices;
        scheme ??= (await services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name;
        return scheme is not null && await services.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, scheme).ConfigureAwait(false) is SessionsAuthenticationHandler handler
            ? handler
            : throw new InvalidOperationException($"The scheme '{scheme}' is none of AddSessions. Name it.");
    }
}
