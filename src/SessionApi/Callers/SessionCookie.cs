using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Callers;

/// <summary>Session cookie (RFC 6265bis): the only place that reads, sets and clears it.</summary>
internal sealed class SessionCookie(IOptions<SessionCookieOptions> options, TimeProvider timeProvider)
{
    // RFC 6265bis section 5.5: browsers cap Max-Age at 400 days.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    private readonly SessionCookieOptions _options = options.Value;

    public bool IsEnabled => _options.Enabled;

    /// <summary>Finds the cookie among those sent.</summary>
    /// <param name="headers">The Cookie header.</param>
    /// <param name="value">The value when there is exactly one such cookie.</param>
    /// <returns>The number of cookies with exactly this name; names in other case do not count.</returns>
    public static int Find(StringValues headers, out StringSegment value)
    {
        value = default;
        var count = 0;
        foreach (var header in headers)
        {
            foreach (var pair in new StringTokenizer(header ?? "", [';']))
            {
                var trimmed = pair.Trim();
                if (trimmed.Length > SessionHeaders.Cookie.Length
                    && trimmed[SessionHeaders.Cookie.Length] == '='
                    && trimmed.StartsWith(SessionHeaders.Cookie, StringComparison.Ordinal))
                {
                    count++;
                    value = trimmed.Subsegment(SessionHeaders.Cookie.Length + 1);
                }
            }
        }

        return count;
    }

    /// <summary>Sets the cookie to a token. The body of the answer then holds no token.</summary>
    public void Set(HttpResponse response, IssuedToken token, LiveSession session) => response.Headers.SetCookie = ValueOf(token, session);

    /// <summary>Returns the value of the <c>Set-Cookie</c> header, in characters that JSON need not escape.</summary>
    public string ValueOf(IssuedToken token, LiveSession session)
    {
        var age = session.AbsoluteExpiresAt - timeProvider.GetUtcNow();
        var seconds = (long)(age < MaxAge ? age : MaxAge).TotalSeconds;
        var lifetime = _options.Persistent || session.IsPersistent ? string.Create(CultureInfo.InvariantCulture, $"; Max-Age={seconds}") : "";
        return $"{SessionHeaders.Cookie}={token.Reveal()}{Attributes}{lifetime}";
    }

    /// <summary>Clears the cookie and everything else that the browser stores for this origin (Clear-Site-Data).</summary>
    public void Clear(HttpResponse response)
    {
        response.Headers.SetCookie = $"{SessionHeaders.Cookie}={Attributes}; Max-Age=0";
        response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
    }

    private string Attributes => _options.SameSite is CookieSameSite.Strict
        ? "; Path=/; Secure; HttpOnly; SameSite=Strict"
        : "; Path=/; Secure; HttpOnly; SameSite=Lax";
}
