using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>
/// Protection against cross-site request forgery for writes with the session cookie: checks Fetch Metadata or the Origin header, and a
/// header whose value only the application's own page can read.
/// </summary>
internal sealed class CsrfGuard(KeyRing keys, CorsPolicy cors, TrustedProxies proxies)
{
    private static ReadOnlySpan<byte> Purpose => "csrf/v1"u8;

    /// <summary>Returns the value for <see cref="SessionHeaders.Csrf"/>; it depends on the sid and the active key only.</summary>
    public string TokenOf(SessionId id) => BoundTag.Make(keys, Purpose, id);

    /// <summary>Checks a request; null when it may go on.</summary>
    public Problem? Check(HttpContext context, SessionId id)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        if (!IsFromApplication(context))
        {
            return SessionProblems.CsrfRefused(
                "Sec-Fetch-Site must be same-origin, or Origin must be this host or one of the configured origins.");
        }

        return request.Headers[SessionHeaders.Csrf] is [{ } value] && BoundTag.IsRight(keys, Purpose, id, value)
            ? null
            : SessionProblems.CsrfRefused($"{SessionHeaders.Csrf} must hold the csrfToken of GET /api/v1/session.");
    }

    // Browsers set Sec-Fetch-Site and let no page override it. A request without it and without Origin is refused.
    private bool IsFromApplication(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is [{ } origin] && cors.IsEnabled && cors.Allows(origin))
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"] switch
        {
            ["same-origin"] => true,
            [] => request.Headers.Origin is [{ } own] && proxies.IsOwnOrigin(own, context),
            _ => false,
        };
    }
}
