using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace SessionApi.Callers;

/// <summary>Implements the CORS protocol; does nothing without configured origins.</summary>
internal sealed class CorsPolicy(IOptions<CorsOptions> options, IOptions<SessionCookieOptions> cookies)
{
    private static readonly StringValues True = "true";
    private static readonly StringValues VaryOrigin = "Origin";
    private static readonly StringValues MaxAgeSeconds = "600";

    private static readonly StringValues RequestHeaders =
        "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Prefer, Session-Authentication-Methods, Session-Consistency, Session-Max-Authentication-Age, Session-Min-Assurance-Level, X-Session-CSRF, traceparent";

    private static readonly StringValues AnswerHeaders =
        "ETag, Location, Preference-Applied, Retry-After, Session-Age, Session-Continuation, Session-Count, Session-Degraded, Session-Source, WWW-Authenticate, traceparent";

    private readonly FrozenSet<string> _origins = options.Value.Origins.ToFrozenSet(StringComparer.Ordinal);
    private readonly bool _isAny = options.Value.Origins.Contains(CorsOptions.AnyOrigin);
    private readonly bool _withCredentials = cookies.Value.Enabled;

    public bool IsEnabled => _origins.Count > 0;

    /// <summary>Whether pages of this origin may call; compared exactly, so "null", other ports and look-alikes may not.</summary>
    public bool Allows(string origin) => _isAny || _origins.Contains(origin);

    /// <summary>Adds the headers that let the page read the answer.</summary>
    public void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Vary = VaryOrigin;
        if (context.Request.Headers.Origin is not [{ } origin] || !Allows(origin))
        {
            return;
        }

        headers.AccessControlAllowOrigin = _isAny ? CorsOptions.AnyOrigin : origin;
        headers.AccessControlExposeHeaders = AnswerHeaders;
        if (_withCredentials)
        {
            headers.AccessControlAllowCredentials = True;
        }
    }

    /// <summary>Whether this is a preflight request.</summary>
    public bool IsPreflight(HttpRequest request) =>
        IsEnabled
        && HttpMethods.IsOptions(request.Method)
        && request.Headers.Origin.Count == 1
        && request.Headers.AccessControlRequestMethod.Count == 1;

    /// <summary>
    /// Answers a preflight request. An origin that may not call gets no allow headers, which browsers treat as refusal.
    /// </summary>
    public static void AnswerPreflight(HttpContext context, string methods)
    {
        var headers = context.Response.Headers;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (headers.AccessControlAllowOrigin.Count == 0)
        {
            return;
        }

        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = MaxAgeSeconds;
    }
}
