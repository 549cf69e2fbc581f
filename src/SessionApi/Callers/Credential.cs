using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>Credential of a request, not verified yet.</summary>
internal readonly record struct Credential(CredentialScheme Scheme, StringSegment Text = default, bool IsCookie = false)
{
    private const string Bearer = "Bearer ";

    /// <summary>Reads the credential from the Authorization header and, in cookie mode, from the session cookie.</summary>
    public static Credential Of(HttpRequest request, bool withCookies)
    {
        var header = request.Headers.Authorization;
        if (!withCookies || request.Headers.Cookie.Count == 0)
        {
            return OfHeader(header);
        }

        var cookies = SessionCookie.Find(request.Headers.Cookie, out var value);
        return cookies switch
        {
            0 => OfHeader(header),
            1 when header.Count == 0 => new Credential(
                value.AsSpan().StartsWith(SessionToken.Prefix, StringComparison.Ordinal) ? CredentialScheme.SessionToken : CredentialScheme.Other,
                value,
                IsCookie: true),
            _ => new Credential(CredentialScheme.Ambiguous),
        };
    }

    private static Credential OfHeader(StringValues header)
    {
        if (header.Count == 0)
        {
            return new Credential(CredentialScheme.None);
        }

        // A proxy, such as the Functions host, joins two headers into one by a comma. No accepted scheme contains a comma.
        if (header.Count > 1 || header[0]?.Contains(',', StringComparison.Ordinal) == true)
        {
            return new Credential(CredentialScheme.Ambiguous);
        }

        var text = new StringSegment(header[0] ?? "");
        if (!text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new Credential(CredentialScheme.Other);
        }

        text = text.Subsegment(Bearer.Length).TrimStart(); // 1*SP, RFC 9110 section 11.4
        var span = text.AsSpan();
        if (span.StartsWith(SessionToken.Prefix, StringComparison.Ordinal))
        {
            return new Credential(CredentialScheme.SessionToken, text);
        }

        return new Credential(
            span.StartsWith(ServiceKey.Prefix, StringComparison.Ordinal) ? CredentialScheme.ServiceKey : CredentialScheme.Other, text);
    }
}

/// <summary>Authentication scheme of a request, from the first characters of its credential.</summary>
internal enum CredentialScheme
{
    /// <summary>No credential.</summary>
    None,

    /// <summary>A session token.</summary>
    SessionToken,

    /// <summary>A service key.</summary>
    ServiceKey,

    /// <summary>Any other text: an Entra ID token where Entra ID is configured, otherwise invalid.</summary>
    Other,

    /// <summary>More than one credential.</summary>
    Ambiguous,
}
