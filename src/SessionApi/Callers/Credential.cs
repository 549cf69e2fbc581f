using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>The one credential of a request, not judged yet.</summary>
internal readonly record struct Credential(CredentialScheme Scheme, StringSegment Text = default, bool IsCookie = false)
{
    private const string Bearer = "Bearer ";

    /// <summary>Reads it from the Authorization header and, in cookie mode, from the session cookie.</summary>
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

        // A proxy, such as the platform of Functions, makes one header of two. No scheme that is taken here has a comma.
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

/// <summary>How a request authenticates; told by the first characters of its credential, before anything is parsed.</summary>
internal enum CredentialScheme
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a session token.</summary>
    SessionToken,

    /// <summary>By a service key.</summary>
    ServiceKey,

    /// <summary>By something else: an Entra ID token where that is configured, else nothing that is known here.</summary>
    Other,

    /// <summary>By more than one credential.</summary>
    Ambiguous,
}
