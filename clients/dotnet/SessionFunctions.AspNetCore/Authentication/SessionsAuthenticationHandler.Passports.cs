using Microsoft.Extensions.Logging;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <content>Validation without a call: what was validated holds for the life of a passport, unless the feed says that it ended.</content>
internal sealed partial class SessionsAuthenticationHandler
{
    private async Task<SessionLookup> FindKeptAsync(string token, bool isBearer)
    {
        var found = kept.Find(token);
        var verdict = found is null ? EndingsVerdict.Unknown : kept.Feed.Judge(found.Session.Sid, found.Session.CreatedAt, found.KnownLiveAt, Options.MaxFeedAge);
        if (found is not null && verdict is EndingsVerdict.NotEnded)
        {
            if (found.TakeRenewal(TimeProvider))
            {
                // No request waits for it.
                _ = RenewKeptAsync(found, token, IntrospectionNow());
            }

            return found.LookupNow(TimeProvider, token, isBearer);
        }

        try
        {
            return await ValidateAndKeepAsync(token, isBearer, IntrospectionNow(), Context.RequestAborted).ConfigureAwait(false);
        }
        catch (SessionsException e) when (found is not null && verdict is EndingsVerdict.Unknown && Options.AcceptUntilExpiryWhenUnavailable)
        {
            LogAcceptedUnknown(Logger, e, found.Session.Sid);
            return found.LookupNow(TimeProvider, token, isBearer);
        }
    }

    private async Task<SessionLookup> ValidateAndKeepAsync(string token, bool isBearer, IntrospectionOptions introspection, CancellationToken cancellationToken)
    {
        kept.Feed.Follow(Options.MaxFeedAge);
        var asked = AskedAt.Now(TimeProvider);
        var answer = await client.IntrospectAsync(token, introspection, cancellationToken).ConfigureAwait(false);

        // The API may answer from a cache that has not confirmed an end; the feed has it already.
        if (answer is not { Active: true, Session: { } session } || kept.Feed.Judge(session.Sid, session.CreatedAt, DateTimeOffset.MaxValue, Options.MaxFeedAge) is EndingsVerdict.Ended)
        {
            kept.Forget(token);
            return new SessionLookup { EndedToken = token, IsBearer = isBearer };
        }

        if (answer.Passport is { } passport)
        {
            kept.Keep(token, new KeptSession(session, passport, asked), passport.ExpiresIn);
        }

        return new SessionLookup { Session = session, Passport = answer.Passport, Token = token, IsBearer = isBearer };
    }

    private async Task RenewKeptAsync(KeptSession found, string token, IntrospectionOptions introspection)
    {
        try
        {
            await ValidateAndKeepAsync(token, isBearer: false, introspection, CancellationToken.None).ConfigureAwait(false);
        }
        catch (SessionsException e)
        {
            // The passport is valid until its end; a later request tries again.
            LogNotRenewed(Logger, e, found.Session.Sid);
            found.ReleaseRenewal();
        }
    }

    [LoggerMessage(9318, LogLevel.Debug, "The passport of session {Sid} is not renewed yet. It is valid until its end.")]
    private static partial void LogNotRenewed(ILogger logger, Exception exception, string sid);

    [LoggerMessage(9319, LogLevel.Warning, "Session {Sid} is accepted although it is not known whether it has ended (AcceptUntilExpiryWhenUnavailable).")]
    private static partial void LogAcceptedUnknown(ILogger logger, Exception exception, string sid);
}
