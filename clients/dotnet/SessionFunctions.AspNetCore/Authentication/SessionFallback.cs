using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Reads and ends sign-ins of the scheme of cookie authentication that was used before.</summary>
internal sealed class SessionFallback(IOptionsMonitor<CookieAuthenticationOptions> cookies, IAuthenticationHandlerProvider handlers, TimeProvider clock)
{
    /// <summary>Returns the old sign-in of a request; null when there is none.</summary>
    public async Task<OldSignIn?> ReadAsync(HttpContext context, string scheme)
    {
        var options = cookies.Get(scheme);
        var cookie = options.CookieManager.GetRequestCookie(context, options.Cookie.Name!); // set by the post-configuration
        if (string.IsNullOrEmpty(cookie))
        {
            return null;
        }

        // Not by way of the authentication service: that would keep transformed claims.
        var handler = await handlers.GetHandlerAsync(context, scheme).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"FallbackScheme '{scheme}' is not registered. Keep its AddCookie(\"{scheme}\", …).");
        var result = await handler.AuthenticateAsync().ConfigureAwait(false);
        if (!result.Succeeded)
        {
            return null;
        }

        // The same for every request with this cookie, so that two tabs get one session.
        var key = "moved-" + WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes($"{scheme}\n{cookie}")));
        var properties = result.Ticket.Properties;
        return new OldSignIn(result.Ticket, key)
        {
            IsSliding = options.SlidingExpiration && properties.AllowRefresh != false,
            Lifetime = properties is { ExpiresUtc: { } end, IssuedUtc: { } start } ? SessionLifetimes.WholeSeconds(end - start) : null,
            Remaining = properties.ExpiresUtc - (options.TimeProvider ?? clock).GetUtcNow(),
        };
    }

    /// <summary>Ends the old sign-in of a request: its cookie, also one that its handler was about to renew, and its ticket in the old store.</summary>
    public async Task EndAsync(HttpContext context, string scheme)
    {
        if (await handlers.GetHandlerAsync(context, scheme).ConfigureAwait(false) is IAuthenticationSignOutHandler handler)
        {
            await handler.SignOutAsync(new AuthenticationProperties()).ConfigureAwait(false);
        }
    }
}

/// <summary>A sign-in of the scheme that was used before.</summary>
/// <param name="Ticket">Its ticket.</param>
/// <param name="IdempotencyKey">A key that every request with its cookie has.</param>
internal sealed record OldSignIn(AuthenticationTicket Ticket, string IdempotencyKey)
{
    /// <summary>Gets a value indicating whether activity extended it.</summary>
    public bool IsSliding { get; init; }

    /// <summary>Gets its whole lifetime; null when it has no end.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Gets the time left; null when it has no end.</summary>
    public TimeSpan? Remaining { get; init; }
}
