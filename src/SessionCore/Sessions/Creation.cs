namespace SessionCore.Sessions;

/// <summary>Result of a creation: the session and its token, or the reason for refusal.</summary>
public sealed record Creation
{
    /// <summary>Gets the kind of result.</summary>
    public required CreationOutcome Outcome { get; init; }

    /// <summary>Gets the session; live, or already ended when a creation is repeated late.</summary>
    public SessionReading Session { get; init; }

    /// <summary>Gets the token; null unless created or replayed.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>Gets which member is beyond which bound, for <see cref="CreationOutcome.OutsidePolicy"/>.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets how many sessions a user may have, for <see cref="CreationOutcome.LimitReached"/>.</summary>
    public int Limit { get; init; }
}

/// <summary>Kind of a <see cref="Creation"/>.</summary>
public enum CreationOutcome
{
    /// <summary>There is a new session.</summary>
    Created,

    /// <summary>The same request had created it before; session and token are the same.</summary>
    Replayed,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,

    /// <summary>The idempotency key was used for another request.</summary>
    KeyReused,

    /// <summary>A requested value is outside the policy; see <see cref="Creation.Fault"/>.</summary>
    OutsidePolicy,
}
