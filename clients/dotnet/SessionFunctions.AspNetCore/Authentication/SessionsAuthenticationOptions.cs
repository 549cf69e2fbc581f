using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// Options of authentication by sessions: those of cookie authentication, with the same meaning, and what sessions add. Events of cookie
/// authentication run as they do there, except <c>CheckSlidingExpiration</c>: the API extends a session by itself.
/// </summary>
public class SessionsAuthenticationOptions : CookieAuthenticationOptions
{
    /// <summary>Initializes a new instance of the <see cref="SessionsAuthenticationOptions"/> class.</summary>
    public SessionsAuthenticationOptions()
    {
        Cookie = new CookieBuilder
        {
            // The prefix __Host- needs this path.
            Path = "/",
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            SecurePolicy = CookieSecurePolicy.Always,
            IsEssential = true,
        };
        ExpireTimeSpan = TimeSpan.Zero;
    }

    /// <summary>
    /// Gets or sets how long a session lives after its last activity, or with <see cref="CookieAuthenticationOptions.SlidingExpiration"/>
    /// false after the sign-in. Zero, the default, leaves it to the policy of the API. The policy is also the upper bound: what exceeds it
    /// is logged once and has no effect.
    /// </summary>
    public new TimeSpan ExpireTimeSpan
    {
        get => base.ExpireTimeSpan;
        set => base.ExpireTimeSpan = value;
    }

    /// <summary>
    /// Gets or sets the function that names the user of a principal: 1 to 256 printable characters. By default the claim
    /// <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>. Without a user a session stands in no list, and signing out everywhere
    /// does not reach it.
    /// </summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = static principal =>
        principal.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? principal.FindFirst("sub")?.Value;

    /// <summary>
    /// Gets the claims that the user and other services may see as <c>claims</c> of the session: the type of the claim, and the member
    /// that holds it. All claims are kept in any case, where only services read them. Empty by default; at most 4 KiB.
    /// </summary>
    public IDictionary<string, string> SharedClaims { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets whether a request is activity of its user, which renews the idle timeout. By default every request is. Return false
    /// for what a page requests by itself, such as polling.
    /// </summary>
    public Func<HttpContext, bool> CountsAsActivity { get; set; } = static _ => true;

    /// <summary>
    /// Gets or sets a value indicating whether <c>Authorization: Bearer</c> with a session token is accepted beside the cookie, for mobile
    /// apps. Such a request is never redirected. False by default.
    /// </summary>
    public bool AcceptBearer { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a request with a token is anonymous when the API cannot be reached. False by default: it is
    /// answered 503. What needs a user is answered 503 in any case.
    /// </summary>
    public bool AnonymousWhenUnavailable { get; set; }

    /// <summary>Gets or sets how requests with a token are validated. <see cref="SessionValidation.Online"/> by default.</summary>
    public SessionValidation Validation { get; set; }

    /// <summary>
    /// Gets or sets the audience of the passports: one that the API grants to this service. Needed with
    /// <see cref="SessionValidation.Passport"/>. <c>HttpContext.GetPassportAsync()</c> returns the passport, to call back ends of that audience.
    /// </summary>
    public string? PassportAudience { get; set; }

    /// <summary>
    /// Gets or sets within which time an end holds with <see cref="SessionValidation.Passport"/>. When the feed of endings is older, the API is
    /// asked, and when that fails too, the answer is 503. Default 5 seconds; 1 second to 1 minute.
    /// </summary>
    public TimeSpan MaxFeedAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets a value indicating whether a session that was validated is accepted until its passport ends, for at most ten minutes, while
    /// neither feed nor API answers. An ended session is accepted then. False by default: the answer is 503.
    /// </summary>
    public bool AcceptUntilExpiryWhenUnavailable { get; set; }

    /// <summary>
    /// Gets or sets the scheme of cookie authentication that was used before. A request with its cookie, and none of ours, is accepted and
    /// moved to a session. Register that scheme as it was, with <c>AddCookie</c>. Null for none.
    /// </summary>
    public string? FallbackScheme { get; set; }

    /// <summary>Gets or sets where a user is sent who must sign in again or by other means; <c>LoginPath</c> when it has no value.</summary>
    public PathString StepUpPath { get; set; }

    /// <summary>
    /// Gets or sets the query parameter of the login path that says why the session ended, such as <c>idle-timeout</c>. Anybody can write
    /// such a link: show texts of your own for the reasons you know. Null for none; <c>reason</c> by default.
    /// </summary>
    public string? SignedOutReasonParameter { get; set; } = "reason";

    /// <summary>Gets or sets what happens when a user is asked to sign in because the session has ended, and the API says why.</summary>
    public Func<SignedOutReasonContext, Task> OnSignedOutReason { get; set; } = static _ => Task.CompletedTask;

    /// <summary>
    /// Gets or sets what is written when it is not known whether the user is signed in. Status 503 and <c>Retry-After</c> are set. By
    /// default a line of text.
    /// </summary>
    public Func<HttpContext, Task> OnUnavailable { get; set; } = UnavailableAnswer.WriteTextAsync;
}
