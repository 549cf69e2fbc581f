using System.Security.Cryptography;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>
/// Rotation of tokens. Rotation by a service invalidates the old token at once; rotation by the user leaves it a grace for requests in
/// flight.
/// </summary>
internal sealed class SessionRotation(
    SessionWriter writer,
    SessionUpgrade upgrade,
    SessionValidation validation,
    TokenMatcher tokens,
    KeyRing keys,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    SessionPolicy policy)
{
    /// <summary>Rotates for a service, after a sign-in or a change of rights.</summary>
    public async Task<Rotation> RotateAsync(SessionId id, RotationRequest request, CancellationToken cancellationToken)
    {
        var otherUser = false;
        var becomesUsers = false;
        var isKeyed = false;
        var secret = RandomNumberGenerator.GetBytes(SessionToken.SecretBytes);
        var key = keys.Active;
        var write = await writer.ChangeAsync(
            id.Locator,
            (session, body) =>
            {
                becomesUsers = request.UserId is not null && session.UserId is null;
                isKeyed = session.Key is not null;
                otherUser = request.UserId is not null && session.UserId is not null && session.UserId != request.UserId;
                return isKeyed || otherUser || becomesUsers ? null : (Rotated(session, secret, request), request.Applied(body));
            },
            static (_, _) => SessionEventTypes.Rotated,
            cancellationToken);
        if (isKeyed && write.Live is { } keyed)
        {
            return new Rotation { Outcome = RotationOutcome.Keyed, Session = keyed };
        }

        // An upgrade that is asked for again finds what the first one has made.
        if (becomesUsers || (request.UserId is not null && write.Ended?.Reason == EndReasons.Upgraded))
        {
            return await upgrade.UpgradeAsync(id.Locator, request, cancellationToken);
        }

        if (write.Live is not { } live)
        {
            return Rotation.Unknown;
        }

        if (otherUser)
        {
            return new Rotation { Outcome = RotationOutcome.HasUser, Session = live };
        }

        metrics.Rotated();
        return new Rotation
        {
            Outcome = RotationOutcome.Rotated,
            Session = live,
            Token = SessionToken.Issue(key, id.Locator, secret),
            Degraded = !write.Confirmed,
        };
    }

    /// <summary>
    /// Rotates for the user who holds the token. Repeated with an old token within its grace, it returns the current token, unless the
    /// policy refuses.
    /// </summary>
    public async Task<Rotation> RotateOwnAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (validation.Recall(token) is { } known)
        {
            return known.Ended is { } told ? new Rotation { Outcome = RotationOutcome.Ended, Ended = told } : Rotation.Unknown;
        }

        byte[]? derivation = null;
        var match = TokenMatch.Old;
        var write = await writer.ChangeAsync(
            token.Locator,
            (session, body) =>
            {
                derivation = null;
                match = tokens.Match(token, session.Secret);
                if (match is TokenMatch.InGrace && policy.ReplayOf(session.Client) is RotationReplay.SameToken)
                {
                    derivation = session.Secret.Derivation;
                }

                if (match is not TokenMatch.Current)
                {
                    return null;
                }

                derivation = RotatedSecret.NewDerivation(keys);
                var secret = RotatedSecret.Derive(keys, token.Locator, derivation)!.Value.Secret;
                var now = timeProvider.GetSessionTime();
                var previous = session.Secret.Previous.With(session.Secret.Current, now, now - policy.ForAll.RotationGrace);
                return (session.SeenAt(now) with { Secret = new SessionSecret(Digest.Of(secret), previous, now, derivation) }, body);
            },
            static (_, _) => SessionEventTypes.Rotated,
            cancellationToken);
        if (write.Ended is { } ended && validation.Refuse(token, ended) is { } right)
        {
            return new Rotation { Outcome = RotationOutcome.Ended, Ended = right };
        }

        if (write.Live is not { } live)
        {
            return Rotation.Unknown;
        }

        if (match is TokenMatch.Old)
        {
            await validation.ReportReuseAsync(token, live, cancellationToken);
        }

        if (derivation is null)
        {
            if (match is TokenMatch.InGrace)
            {
                metrics.SecurityEvent("rotation-replay");
            }

            return Rotation.Unknown;
        }

        if (RotatedSecret.Derive(keys, token.Locator, derivation) is not { } derived)
        {
            throw new StoreUnavailableException("The token was rotated under a key that this instance does not have.");
        }

        metrics.Rotated();
        return new Rotation
        {
            Outcome = RotationOutcome.Rotated,
            Session = live,
            Token = SessionToken.Issue(derived.Key, token.Locator, derived.Secret),

            // For a repetition: the cache may not have confirmed the first attempt.
            Degraded = !(write.Written ? write.Confirmed : await writer.ConfirmAsync(live, cancellationToken)),
        };
    }

    private Session Rotated(Session session, byte[] secret, RotationRequest request)
    {
        var now = timeProvider.GetSessionTime();
        var next = session with
        {
            Secret = new SessionSecret(Digest.Of(secret), Previous: default, now),
            DataVersion = request.ClaimsJson.IsEmpty ? session.DataVersion : session.Version + 1,
        };

        // An authentication decides whether the session is persistent; its limits count from then on.
        var reached = request.AssuranceLevel ?? (request.IsPersistent is null ? null : session.AssuranceLevel);
        return (reached is { } level ? Authenticated(next, level, request.IsPersistent ?? session.IsPersistent, now) : next).SeenAt(now);
    }

    // An authentication begins both limits anew (NIST SP 800-63B-4 section 5.2), within the limits of the level reached.
    private Session Authenticated(Session session, AssuranceLevel level, bool isPersistent, DateTimeOffset now)
    {
        var limits = policy.LimitsOf(session.Client, level, isPersistent);
        return session with
        {
            AssuranceLevel = level,
            IsPersistent = isPersistent,
            AuthenticatedAt = now,
            AbsoluteExpiresAt = now + limits.AbsoluteLifetime,
            IdleTimeout = limits.IdleAfter(session, isPersistent),
        };
    }
}
