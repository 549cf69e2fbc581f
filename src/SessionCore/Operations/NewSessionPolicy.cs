using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Operations;

/// <summary>Applies the policy to requests for new sessions.</summary>
internal sealed class NewSessionPolicy(TimeProvider timeProvider, SessionPolicy policy)
{
    /// <summary>Returns a requested session as it begins now.</summary>
    /// <param name="wish">The request, which is within the policy.</param>
    /// <param name="locator">Its place.</param>
    /// <param name="secret">The secret of its token.</param>
    public Session Begin(NewSession wish, SessionLocator locator, ReadOnlySpan<byte> secret)
    {
        var level = LevelOf(wish);
        var limits = policy.LimitsOf(wish.Client, level, wish.IsPersistent);
        var now = timeProvider.GetSessionTime();
        var absoluteEnd = now + (wish.AbsoluteLifetime ?? limits.AbsoluteLifetime);
        var idle = wish.IdleTimeout ?? limits.IdleTimeout;
        return new Session
        {
            Locator = locator,
            UserId = wish.UserId,
            Client = wish.Client,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            IdleTimeout = idle,
            IdleExpiresAt = now + idle < absoluteEnd ? now + idle : absoluteEnd,
            AbsoluteExpiresAt = absoluteEnd,
            AssuranceLevel = level,
            IsPersistent = wish.IsPersistent,
            Version = 1,
            DataVersion = 1,
            Secret = new SessionSecret(Digest.Of(secret)),
            Operation = OperationId.New(),
        };
    }

    /// <summary>Returns which member of a request is beyond which bound; null when it is within the policy.</summary>
    public PolicyFault? FaultOf(NewSession wish) =>
        wish.IsPersistent && LevelOf(wish) is AssuranceLevel.Aal3
            ? new PolicyFault("persistent", "persistent must be false at the assurance level aal3. Allowed: aal1, aal2.")
            : FaultOf(wish, policy.LimitsOf(wish.Client, LevelOf(wish), wish.IsPersistent));

    /// <summary>Returns which lifetime of a request is beyond which bound; null when they are within the limits.</summary>
    public static PolicyFault? FaultOf(NewSession wish, SessionProfile limits)
    {
        if (wish.AbsoluteLifetime is { } lifetime && (lifetime < TimeSpan.FromSeconds(1) || lifetime > limits.AbsoluteLifetime))
        {
            return OutOfRange("absoluteLifetimeSeconds", limits.AbsoluteLifetime);
        }

        return wish.IdleTimeout is { } idle && (idle < TimeSpan.FromSeconds(1) || idle > limits.IdleTimeout)
            ? OutOfRange("idleTimeoutSeconds", limits.IdleTimeout)
            : null;
    }

    /// <summary>Returns the body of a requested session.</summary>
    public static SessionBody BodyOf(NewSession wish)
    {
        ReadOnlyMemory<byte> empty = "{}"u8.ToArray();
        var device = SessionJson.Device(
            DeviceName.Of(wish.Device), wish.Device?.Label, wish.Device?.UserAgent, wish.Device?.IpAddress, wish.Device?.IpAddress);
        return new SessionBody(device, wish.ClaimsJson.IsEmpty ? empty : wish.ClaimsJson, wish.DataJson.IsEmpty ? empty : wish.DataJson)
        {
            Methods = SessionJson.Methods(wish.AuthenticationMethods),
            Actor = SessionJson.Actor(wish.Actor),
        };
    }

    private static PolicyFault OutOfRange(string member, TimeSpan longest)
    {
        var maximum = (long)longest.TotalSeconds;
        return new PolicyFault(member, $"{member} must be from 1 to {maximum}.", maximum);
    }

    private AssuranceLevel LevelOf(NewSession wish) => wish.AssuranceLevel ?? policy.ForAll.DefaultAssuranceLevel;
}
