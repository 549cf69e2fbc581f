using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>Sets when a session ends, within the policy of its level. It counts as activity.</summary>
internal sealed class SessionExpiry(
    SessionWriter writer, SessionRevocation revocation, DueTable due, TimeProvider time, IOptions<SessionPolicyOptions> policy)
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

        string? fault = null;
        Session? earlier = null;
        var write = await writer.ChangeAsync(
            id.Locator,
            (session, body) =>
            {
                var now = SessionCreation.Whole(time.GetUtcNow());
                var profile = policy.Value.ProfileOf(session.AssuranceLevel);
                fault = FaultOf(session, profile, now, expiresIn, idleTimeout);
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
            // Without it the session ends all the same, and its row goes with the entry of its former end.
            await due.AddAsync(earlier, cancellationToken);
        }

        return new Change { Outcome = ChangeOutcome.Changed, Session = write.Live, Degraded = !write.Confirmed };
    }

    private static string? FaultOf(Session session, SessionProfile profile, DateTimeOffset now, TimeSpan? expiresIn, TimeSpan? idleTimeout)
    {
        var longest = session.AuthenticatedAt + profile.AbsoluteLifetime - now;
        if (expiresIn > longest)
        {
            return $"expiresInSeconds must be at most {Math.Floor(longest.TotalSeconds):0} for this session.";
        }

        return idleTimeout > profile.IdleTimeout
            ? $"idleTimeoutSeconds must be at most {profile.IdleTimeout.TotalSeconds:0}."
            : null;
    }
}
