using Microsoft.AspNetCore.Http;
using SessionApi.Http;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>
/// Lets a request that a cookie authenticates change something only when it shows that it comes from the application:
/// by Fetch Metadata or the Origin header, and by a header whose value only the application's own page could read.
/// </summary>
internal sealed class CsrfGuard(KeyRing keys, CorsPolicy cors, TrustedProxies proxies)
{
    private static ReadOnlySpan<byte> Purpose => "csrf/v1"u8;

    /// <summary>The value that the application sends back in <see cref="SessionHeaders.Csrf"/>; the same as long as the sid is.</summary>
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

    // A browser sends Sec-Fetch-Site and lets no page set it; without it and without Origin nothing is shown.
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
