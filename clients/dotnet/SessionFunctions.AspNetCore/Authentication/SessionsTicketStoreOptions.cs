using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>Options of <see cref="SessionsTicketStore"/>.</summary>
public sealed class SessionsTicketStoreOptions
{
    /// <summary>
    /// Gets or sets the function that names the user of a principal. By default the claim <see cref="ClaimTypes.NameIdentifier"/>, else
    /// <c>sub</c>. Without a user a session stands in no list, and signing out everywhere does not reach it.
    /// </summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = new SessionsAuthenticationOptions().UserId;

    /// <summary>
    /// Gets or sets the store that was used before. A ticket that is only there is moved when it is asked for. Null for none.
    /// </summary>
    public ITicketStore? Fallback { get; set; }
}
