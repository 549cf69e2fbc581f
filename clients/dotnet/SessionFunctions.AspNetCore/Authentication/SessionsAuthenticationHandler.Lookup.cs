using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <content>Whose request it is: what the API says of the token. What the application knows of the session is not told again.</content>
internal sealed partial class SessionsAuthenticationHandler
{
    private Task<SessionLookup> LookUpAsync() => _lookup ??= ReadAsync();

    private async Task<SessionLookup> ReadAsync()
    {
        var bearer = Options.AcceptBearer ? SessionRequest.BearerToken(Request) : null;
        var token = bearer ?? Options.CookieManager.GetRequestCookie(Context, Options.Cookie.Name!);
        try
        {
            if (string.IsNullOrEmpty(token))
            {
                return Options.FallbackScheme is { } scheme ? await MoveAsync(scheme).ConfigureAwait(false) : SessionLookup.None;
            }

            return SessionRequest.LooksLikeToken(token) ? await IntrospectAsync(token, isBearer: bearer is not null).ConfigureAwait(false) : SessionLookup.None;
        }
        catch (SessionsException e)
        {
            // Also when the API refuses this application: its users are not known, so none of them is signed out. The client logs that.
            LogCannotTell(Logger, e.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden ? LogLevel.Debug : LogLevel.Warning, e);
            return new SessionLookup { Failure = e, IsBearer = bearer is not null };
        }
    }

    private async Task<SessionLookup> IntrospectAsync(string token, bool isBearer)
    {
        if (Options.Validation is SessionValidation.Passport)
        {
            return await FindKeptAsync(token, isBearer).ConfigureAwait(false);
        }

        var found = known.Find(token);
        var answer = await client.IntrospectAsync(token, IntrospectionNow(found?.Session), Context.RequestAborted).ConfigureAwait(false);
        if (answer is not { Active: true, Session: { } session })
        {
            known.Forget(token);
            return new SessionLookup { EndedToken = token, IsBearer = isBearer };
        }

        return new SessionLookup { Session = session, Known = answer.IsUnchanged ? found : known.Keep(token, session), Token = token, IsBearer = isBearer };
    }

    // Read of the request before it is over.
    private IntrospectionOptions IntrospectionNow(Session? found = null) => new()
    {
        Known = found,
        Touch = Options.CountsAsActivity(Context),
        IpAddress = SessionRequest.Address(Context),
        PassportAudience = Options.Validation is SessionValidation.Passport ? Options.PassportAudience : null,
    };

    private void ForgetKept(SessionLookup lookup)
    {
        if (lookup.Token is { } token)
        {
            known.Forget(token);
            kept.Forget(token);
        }
    }
}
