using Microsoft.Extensions.Logging;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Sets the expiry of a session within the policy that holds for it. Counts as activity.</summary>
internal sealed partial class SessionExpiry(
    SessionWriter writer, SessionRevocation revocation, DueTable due, TimeProvider timeProvider, SessionPolicy policy, ILogger<SessionExpiry> logger)
{
    public async Task<Change> SetAsync(SessionId id, TimeSpan? expiresIn, TimeSpan? idleTimeout, CancellationToken cancellationToken)
    {
        if (expiresIn <= TimeSpan.Zero || idleTimeout <= TimeSpan.Zero)
        {
            var ended = await revocation.RevokeAsync(id.Locator, EndReasons.ExpirySet, cancellationToken);
            return ended.Sessions.Count > 0
                ? new Change { Outcome = ChangeOutcome.Ended, EffectiveBy = ended.EffectiveBy }
                : Change.Unknown;
        }

        PolicyFault? fault = null;
        Session? earlier = null;
        var write = await writer.ChangeAsync(
            id.Locator,
            (session, body) =>
            {
                var now = timeProvider.GetSessionTime();
                fault = FaultOf(session, policy.LimitsOf(session), now, expiresIn, idleTimeout);
                if (fault is not null)
                {
                    return null;
                }

                var next = (session with
                {
                    AbsoluteExpiresAt = expiresIn is { } seconds ? now + seconds : session.AbsoluteExpiresAt,
                    IdleTimeout = idleTimeout ?? session.IdleTimeout,
                }).SeenAt(now);
                earlier = next.IdleExpiresAt < session.IdleExpiresAt ? next : null;
                return (next, body);
            },
            eventOf: null,
            cancellationToken);
        if (write.Live is null)
        {
            return Change.Unknown;
        }

        if (fault is not null)
        {
            return new Change { Outcome = ChangeOutcome.OutsidePolicy, Fault = fault, Session = write.Live };
        }

        if (earlier is not null)
        {
            await AddEarlierAsync(earlier, cancellationToken);
        }

        return new Change { Outcome = ChangeOutcome.Changed, Session = write.Live, Degraded = !write.Confirmed };
    }

    /// <summary>Adds the due entry of a session that ends earlier than it did.</summary>
    /// <remarks>Best effort: without the entry the session still ends on time, and its row is purged by the entry of its former end.</remarks>
    public async ValueTask AddEarlierAsync(Session earlier, CancellationToken cancellationToken)
    {
        try
        {
            await due.AddAsync(earlier, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            LogDueEntryLost(logger, exception);
        }
    }

    private static PolicyFault? FaultOf(Session session, SessionProfile limits, DateTimeOffset now, TimeSpan? expiresIn, TimeSpan? idleTimeout)
    {
        var longest = session.AuthenticatedAt + limits.AbsoluteLifetime - now;
        if (expiresIn > longest)
        {
            var seconds = (long)Math.Floor(longest.TotalSeconds);
            return new PolicyFault("expiresInSeconds", $"expiresInSeconds must be at most {seconds} for this session.", seconds);
        }

        var idle = (long)limits.IdleTimeout.TotalSeconds;
        return idleTimeout > limits.IdleTimeout ? new PolicyFault("idleTimeoutSeconds", $"idleTimeoutSeconds must be at most {idle}.", idle) : null;
    }

    [LoggerMessage(1371, LogLevel.Warning, "An earlier due entry could not be written; the entry of the previous end purges the session's row")]
    private static partial void LogDueEntryLost(ILogger logger, Exception exception);
}
