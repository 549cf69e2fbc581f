using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <content>The sessions that it creates, moves, renews and replaces.</content>
internal sealed partial class SessionsAuthenticationHandler
{
    private const string Replaced = "replaced";
    private const int IdempotencyKeyBytes = 32;

    private async Task<SessionLookup> MoveAsync(string scheme)
    {
        var fallback = Context.RequestServices.GetRequiredService<SessionFallback>();
        var old = await fallback.ReadAsync(Context, scheme).ConfigureAwait(false);
        if (old is null)
        {
            return SessionLookup.None;
        }

        try
        {
            var issued = await CreateAsync(old.Ticket.Principal, old.Ticket.Properties, old.IdempotencyKey, old.IsSliding ? null : old.Lifetime).ConfigureAwait(false);
            if (!old.IsSliding && old.Remaining is { } remaining && remaining < issued.Session.ExpiresIn)
            {
                await client.SetExpiryAsync(issued.Sid, new SessionExpiry { ExpiresIn = SessionLifetimes.WholeSeconds(remaining) }, Context.RequestAborted).ConfigureAwait(false);
            }

            // The same creation is answered again when its first answer was lost, or to another tab; the session may have ended meanwhile.
            var answer = await IntrospectAsync(issued.Token, isBearer: false).ConfigureAwait(false);
            if (answer.Session is null)
            {
                return answer;
            }

            await fallback.EndAsync(Context, scheme).ConfigureAwait(false);
            AppendCookie(issued, issued.Session.Persistent, BuildCookieOptions());
            LogMoved(Logger, Scheme.Name, issued.Sid);
            return answer;
        }
        catch (SessionsException e) when (e.Status is StatusCodes.Status422UnprocessableEntity)
        {
            // Another request of the same browser moved it and looked different. Its answer brings the cookie.
            return new SessionLookup { OldTicket = old.Ticket };
        }
    }

    private Task<IssuedSession> CreateAsync(ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        TimeSpan? lifetime = properties is { ExpiresUtc: { } expires, IssuedUtc: { } issued } ? SessionLifetimes.WholeSeconds(expires - issued) : null;
        return CreateAsync(principal, properties, WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(IdempotencyKeyBytes)), lifetime);
    }

    private Task<IssuedSession> CreateAsync(ClaimsPrincipal principal, AuthenticationProperties properties, string idempotencyKey, TimeSpan? lifetime)
    {
        var userId = Options.UserId(principal);
        if (userId is null)
        {
            LogNoUser(Logger, Scheme.Name);
        }

        var slides = Options.SlidingExpiration && properties.AllowRefresh != false;
        var session = new NewSession
        {
            UserId = userId,
            Claims = SessionTicket.ToClaims(principal, Options),
            Data = SessionTicket.ToData(new AuthenticationTicket(principal, properties, Scheme.Name)),
            Device = SessionRequest.Device(Context, properties.DeviceLabel()),
            AssuranceLevel = properties.AssuranceLevel(),
            AuthenticationMethods = properties.AuthenticationMethods() ?? SignInMethods.Of(principal),
            Actor = properties.ActorOfUser(),
            Persistent = properties.IsPersistent,
        };
        WantedLifetime? wanted = lifetime is { } asked ? new(asked, slides, properties.IsPersistent, session.AssuranceLevel) : null;
        return lifetimes.SendAsync(wanted, time => client.CreateAsync(
            session with { IdleTimeout = slides ? time : null, AbsoluteLifetime = slides ? null : time },

            // Another body under the same key is refused.
            time is null && lifetime is not null ? idempotencyKey + "-policy" : idempotencyKey,
            Context.RequestAborted));
    }

    private async Task EndReplacedAsync(SessionLookup before, IssuedSession issued)
    {
        if (before.Session is not { } replaced)
        {
            return;
        }

        try
        {
            await client.RevokeAsync(replaced.Sid, Replaced, Context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionsException)
        {
            try
            {
                await client.RevokeAsync(issued.Sid, Replaced, Context.RequestAborted).ConfigureAwait(false);
            }
            catch (SessionsException e)
            {
                // Nobody has its token, so it lapses unused.
                LogStray(Logger, e, issued.Sid);
            }

            throw;
        }
    }

    private void Keep(Session session, bool isBearer)
    {
        Feature.Session = session;
        Feature.Passport = null;
        _lookup = Task.FromResult(new SessionLookup { Session = session, IsBearer = isBearer });
    }

    private void Forget()
    {
        Feature.Session = null;
        Feature.Passport = null;
        _lookup = Task.FromResult(SessionLookup.None);
    }

    private async Task<bool> RenewAsync(Session session, AuthenticationTicket ticket)
    {
        var data = SessionTicket.ToData(ticket);
        if (_lookup is not null)
        {
            ForgetKept(await _lookup.ConfigureAwait(false));
        }

        var written = await client.MergeDataAsync(session.Sid, data, ifMatch: null, Context.RequestAborted).ConfigureAwait(false);
        return written.Outcome is ContentWriteOutcome.Written;
    }
}
