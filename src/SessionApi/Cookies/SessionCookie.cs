using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SessionCore.Sessions;

namespace SessionApi.Cookies;

/// <summary>The session cookie (RFC 6265bis): read, set and cleared here and nowhere else.</summary>
internal sealed class SessionCookie(IOptions<SessionCookieOptions> options, TimeProvider clock)
{
    /// <summary>The prefix makes browsers refuse the cookie unless it is Secure, host-only and of path "/".</summary>
    public const string Name = "__Host-session";

    // RFC 6265bis section 5.5: browsers cap an age there.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    private readonly SessionCookieOptions _options = options.Value;

    public bool IsEnabled => _options.Enabled;

    /// <summary>Finds the cookie among those sent.</summary>
    /// <param name="headers">The Cookie header.</param>
    /// <param name="value">Its value, when there is exactly one.</param>
    /// <returns>How many cookies of exactly this name there are; look-alikes in other case do not count.</returns>
    public static int Find(StringValues headers, out StringSegment value)
    {
        value = default;
        var count = 0;
        foreach (var header in headers)
        {
            foreach (var pair in new StringTokenizer(header ?? "", [';']))
            {
                var trimmed = pair.Trim();
                if (trimmed.Length > Name.Length
                    && trimmed[Name.Length] == '='
                    && trimmed.StartsWith(Name, StringComparison.Ordinal))
                {
                    count++;
                    value = trimmed.Subsegment(Name.Length + 1);
                }
            }
        }

        return count;
    }

    /// <summary>Hands a token to the browser; this is then the only place of the answer that holds it.</summary>
    public void Set(HttpResponse response, IssuedToken token, LiveSession session)
    {
        var age = session.AbsoluteExpiresAt - clock.GetUtcNow();
        var seconds = (long)(age < MaxAge ? age : MaxAge).TotalSeconds;
        var lifetime = _options.Persistent ? string.Create(CultureInfo.InvariantCulture, $"; Max-Age={seconds}") : "";
        response.Headers.SetCookie = $"{Name}={token.Reveal()}{Attributes}{lifetime}";
    }

    /// <summary>Takes the cookie back, and whatever else the browser keeps for this origin with it.</summary>
    public void Clear(HttpResponse response)
    {
        response.Headers.SetCookie = $"{Name}={Attributes}; Max-Age=0";
        response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
    }

    private string Attributes => _options.SameSite is CookieSameSite.Strict
        ? "; Path=/; Secure; HttpOnly; SameSite=Strict"
        : "; Path=/; Secure; HttpOnly; SameSite=Lax";
}
