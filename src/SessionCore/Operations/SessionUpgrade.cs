using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Upgrades an anonymous session at sign-in: moves it to the user under a new token. The same request, repeated, gets the same token.</summary>
internal sealed class SessionUpgrade(
    SessionMover mover,
    SessionTable table,
    SessionRevocation revocation,
    KeyRing keys,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    SessionPolicy policy)
{
    public async Task<Rotation> UpgradeAsync(SessionLocator from, RotationRequest request, CancellationToken cancellationToken)
    {
        var move = new SessionMove(request.UserId!, IdentityOf(request))
        {
            Content = request.Applied,
            Copy = (old, to) => Copied(old, to, request),
        };
        var moved = await mover.MoveAsync(from, move, cancellationToken);
        return moved switch
        {
            { Outcome: MoveOutcome.Moved, Copy: { } copy, Old: { } old } => await FinishAsync(copy, old, cancellationToken),
            { Outcome: MoveOutcome.LimitReached } => new Rotation { Outcome = RotationOutcome.LimitReached, Limit = moved.Limit },
            _ => Rotation.Unknown,
        };
    }

    // No UTF-8 text holds the byte between claims and methods. No list of methods is not the same as an empty one.
    private static byte[] IdentityOf(RotationRequest request) =>
    [
        (byte)request.AssuranceLevel.GetValueOrDefault(),
        request.IsPersistent switch { null => 0, false => 1, true => 2 },
        .. request.ClaimsJson.Span,
        0xFF,
        .. Encoding.UTF8.GetBytes(request.AuthenticationMethods is { } names ? $"[{string.Join('"', names)}]" : ""),
    ];

    private Session Copied(Session old, SessionLocator to, RotationRequest request)
    {
        var now = timeProvider.GetSessionTime();
        var reached = request.AssuranceLevel ?? old.AssuranceLevel;
        var isPersistent = request.IsPersistent ?? old.IsPersistent;
        var limits = policy.LimitsOf(old.Client, reached, isPersistent);
        var derivation = RotatedSecret.NewDerivation(keys);
        var copy = old with
        {
            Locator = to,
            UserId = request.UserId,
            CreatedAt = now,
            AuthenticatedAt = now,
            AssuranceLevel = reached,
            IsPersistent = isPersistent,
            KeptUntil = null,
            AbsoluteExpiresAt = now + limits.AbsoluteLifetime,
            IdleTimeout = limits.IdleAfter(old, isPersistent),
            Secret = new SessionSecret(Digest.Of(RotatedSecret.Derive(keys, to, derivation)!.Value.Secret), Derivation: derivation),
            Operation = OperationId.New(),
        };
        return copy.SeenAt(now) with { Version = 1, DataVersion = 1 };
    }

    private async ValueTask<Rotation> FinishAsync(Session copy, EndedSession ended, CancellationToken cancellationToken)
    {
        var effectiveBy = await revocation.EntombAsync([ended], cancellationToken);
        if (copy.Secret.Derivation is not { } derivation || table.Open(copy) is not { } body)
        {
            return Rotation.Unknown;
        }

        if (RotatedSecret.Derive(keys, copy.Locator, derivation) is not { } derived)
        {
            throw new StoreUnavailableException("The session was upgraded under a key that this instance does not have.");
        }

        // Rotated since, so the derived token is not the current one.
        if (!copy.Secret.Current.Matches(Digest.Of(derived.Secret)))
        {
            return Rotation.Unknown;
        }

        metrics.Rotated();
        return new Rotation
        {
            Outcome = RotationOutcome.Rotated,
            Session = LiveSession.From(copy, body, timeProvider.GetUtcNow()),
            Token = SessionToken.Issue(derived.Key, copy.Locator, derived.Secret),
            EffectiveBy = effectiveBy,
        };
    }
}
