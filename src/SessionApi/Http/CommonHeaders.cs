using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace SessionApi.Http;

/// <summary>Headers of every answer (ASVS 5.0 3.4, 14.3.2) against caching, framing, sniffing and embedding.</summary>
internal static class CommonHeaders
{
    private const int TraceparentLength = 55;

    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoContent = "default-src 'none'; frame-ancestors 'none'";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues OneYear = "max-age=31536000; includeSubDomains";
    private static readonly SearchValues<char> TraceparentCharacters = SearchValues.Create("0123456789abcdef-");

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = NoStore;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = NoReferrer;
        headers.ContentSecurityPolicy = NoContent;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        headers.StrictTransportSecurity = OneYear;

        // W3C Trace Context: echoed, so that a client can quote its trace; malformed values are dropped.
        var traceparent = context.Request.Headers.TraceParent;
        if (traceparent is [{ Length: TraceparentLength } value] && !value.AsSpan().ContainsAnyExcept(TraceparentCharacters))
        {
            headers.TraceParent = traceparent;
        }
    }
}
