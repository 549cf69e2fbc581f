using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// Authenticates by sessions of the API. A request asks the API once. What cannot be known is answered 503: nobody is signed in or out by a
/// failure.
/// </summary>
internal sealed partial class SessionsAuthenticationHandler(
    IOptionsMonitor<SessionsAuthenticationOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    SessionsClient client,
    SessionLifetimes lifetimes,
    KeptSessions kept,
    KnownSessions known,
    IAuthenticationSchemeProvider schemes)
    : SignInAuthenticationHandler<SessionsAuthenticationOptions>(options, logger, encoder), IAuthenticationRequestHandler
{
    private const string SignedOut = "signed-out";

    private Task<SessionLookup>? _lookup;

    private new CookieAuthenticationEvents Events => (CookieAuthenticationEvents)base.Events!; // CreateEventsAsync makes one

    private SessionFeature Feature
    {
        get
        {
            if (Context.Features.Get<SessionFeature>() is not { } feature)
            {
                feature = new SessionFeature();
                Context.Features.Set(feature);
            }

            return feature;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> HandleRequestAsync()
    {
        // Of another scheme than the default one nothing is asked until it is needed.
        if (Options.AnonymousWhenUnavailable || (await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false))?.Name != Scheme.Name)
        {
            return false;
        }

        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.Failure is null)
        {
            return false;
        }

        await UnavailableAnswer.WriteAsync(Context, lookup.Failure, Options.OnUnavailable).ConfigureAwait(false);
        return true;
    }

    /// <summary>Returns why the session ended whose token the request presented; null when none did, or it is not known.</summary>
    public async Task<SessionEnd?> ReadEndAsync()
    {
        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.EndedToken is null)
        {
            return null;
        }

        try
        {
            return await client.FindEndAsync(lookup.EndedToken, Context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionsException e)
        {
            // That the session is not live is known; the reason is a courtesy.
            LogReasonUnknown(Logger, e);
            return null;
        }
    }

    /// <summary>Records an authentication in the session of the request, with a new token.</summary>
    /// <exception cref="InvalidOperationException">The request has no session.</exception>
    public async Task<Session> StepUpAsync(AssuranceLevel level, IReadOnlyList<string>? methods)
    {
        var lookup = await LookUpAsync().ConfigureAwait(false);
        var session = (lookup.Failure is null ? lookup.Session : throw lookup.Failure)
            ?? throw new InvalidOperationException("The request has no session to step up. Sign the user in first.");
        var rotation = new Rotation { AssuranceLevel = level, AuthenticationMethods = methods, Persistent = session.Persistent && level is not AssuranceLevel.Aal3 };
        var issued = await client.RotateAsync(session.Sid, rotation, Context.RequestAborted).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The session of the request has ended meanwhile. Sign the user in again.");
        ForgetKept(lookup);
        Keep(issued.Session, lookup.IsBearer);
        if (!lookup.IsBearer)
        {
            AppendCookie(issued, issued.Session.Persistent, BuildCookieOptions());
        }

        return issued.Session;
    }

    /// <inheritdoc/>
    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new CookieAuthenticationEvents());

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.Failure is not null)
        {
            return AuthenticateResult.Fail(lookup.Failure);
        }

        if ((lookup.OldTicket ?? TicketOf(lookup)) is not { } ticket)
        {
            return lookup.EndedToken is null ? AuthenticateResult.NoResult() : AuthenticateResult.Fail("The session has ended, or the token is of none.");
        }

        var context = new CookieValidatePrincipalContext(Context, Scheme, Options, ticket);
        await Events.ValidatePrincipal(context).ConfigureAwait(false);
        if (context.Principal is null)
        {
            return AuthenticateResult.Fail("The application rejected the principal.");
        }

        var validated = new AuthenticationTicket(context.Principal, context.Properties, Scheme.Name);
        try
        {
            if (context.ShouldRenew && lookup.Session is { } session && !await RenewAsync(session, validated).ConfigureAwait(false))
            {
                return AuthenticateResult.Fail("The session ended while it was renewed.");
            }
        }
        catch (SessionsException e)
        {
            _lookup = Task.FromResult(lookup with { Session = null, Failure = e });
            return AuthenticateResult.Fail(e);
        }

        Feature.Session = lookup.Session;
        Feature.Passport = lookup.Passport;
        return AuthenticateResult.Success(validated);
    }

    /// <inheritdoc/>
    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        ArgumentNullException.ThrowIfNull(user);
        var before = await LookUpAsync().ConfigureAwait(false);
        if (before.Failure is not null)
        {
            // It would not be known which session this sign-in replaces.
            throw before.Failure;
        }

        var context = new CookieSigningInContext(Context, Scheme, Options, user, properties ?? new AuthenticationProperties(), BuildCookieOptions());
        context.Properties.IssuedUtc ??= TimeProvider.GetUtcNow();
        if (Options.ExpireTimeSpan > TimeSpan.Zero)
        {
            context.Properties.ExpiresUtc ??= context.Properties.IssuedUtc + Options.ExpireTimeSpan;
        }

        await Events.SigningIn(context).ConfigureAwait(false);
        var issued = await CreateAsync(context.Principal!, context.Properties).ConfigureAwait(false); // SigningIn cannot remove it
        await EndReplacedAsync(before, issued).ConfigureAwait(false);
        Keep(issued.Session, isBearer: false);
        AppendCookie(issued, context.Properties.IsPersistent, context.CookieOptions);

        var signedIn = new CookieSignedInContext(Context, Scheme, context.Principal!, context.Properties, Options);
        await Events.SignedIn(signedIn).ConfigureAwait(false);
        await RedirectBackAsync(Options.LoginPath, signedIn.Properties).ConfigureAwait(false);
        LogSignedIn(Logger, Scheme.Name, issued.Sid);
    }

    /// <inheritdoc/>
    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        var lookup = await LookUpAsync().ConfigureAwait(false);
        if (lookup.Failure is not null)
        {
            // Without the end a copy of the token would stay valid, so the cookie stays too.
            throw lookup.Failure;
        }

        properties ??= new AuthenticationProperties();
        if (lookup.Session is { } session)
        {
            await client.RevokeAsync(session.Sid, properties.EndReason() ?? SignedOut, Context.RequestAborted).ConfigureAwait(false);
            LogSignedOut(Logger, Scheme.Name, session.Sid);
        }

        ForgetKept(lookup);
        Forget();
        var context = new CookieSigningOutContext(Context, Scheme, Options, properties, BuildCookieOptions());
        await Events.SigningOut(context).ConfigureAwait(false);
        Options.CookieManager.DeleteCookie(Context, Options.Cookie.Name!, context.CookieOptions); // set by the post-configuration
        await RedirectBackAsync(Options.LogoutPath, context.Properties).ConfigureAwait(false);
    }

    private AuthenticationTicket? TicketOf(SessionLookup lookup)
    {
        if (lookup.Session is not { } session)
        {
            return null;
        }

        var ticket = lookup.Known?.TicketFor(Scheme.Name, ReadTicket) ?? ReadTicket(session);
        var properties = ticket.Properties;
        var slides = Options.SlidingExpiration && properties.AllowRefresh != false;

        // By our own clock: the two may differ.
        var now = TimeProvider.GetUtcNow();
        var ends = now + (slides ? session.IdleExpiresIn : session.ExpiresIn);
        properties.ExpiresUtc = slides || properties.ExpiresUtc is not { } told || told > ends ? ends : told;
        return ticket;
    }

    private AuthenticationTicket ReadTicket(Session session)
    {
        var ticket = SessionTicket.FromData(session);
        if (ticket is not null)
        {
            return new AuthenticationTicket(ticket.Principal, ticket.Properties, Scheme.Name);
        }

        if (SessionTicket.IsIn(session))
        {
            LogUnreadable(Logger, Scheme.Name, session.Sid);
        }

        var properties = new AuthenticationProperties { IssuedUtc = session.CreatedAt, IsPersistent = session.Persistent };
        return new AuthenticationTicket(SessionTicket.FromClaims(session, Options, Scheme.Name), properties, Scheme.Name);
    }

    private CookieOptions BuildCookieOptions()
    {
        var built = Options.Cookie.Build(Context);
        built.Expires = null; // follows from the session
        return built;
    }

    private void AppendCookie(IssuedSession issued, bool isPersistent, CookieOptions cookie)
    {
        if (isPersistent)
        {
            cookie.Expires = TimeProvider.GetUtcNow() + issued.Session.ExpiresIn;
        }

        Options.CookieManager.AppendResponseCookie(Context, Options.Cookie.Name!, issued.Token, cookie);
        ForbidCaching();
    }

    private void ForbidCaching()
    {
        Response.Headers.CacheControl = "no-cache,no-store";
        Response.Headers.Pragma = "no-cache";
        Response.Headers.Expires = "Thu, 01 Jan 1970 00:00:00 GMT";
    }
}
