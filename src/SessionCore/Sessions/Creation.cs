namespace SessionCore.Sessions;

/// <summary>Result of a creation: the session and its token, or the reason for refusal.</summary>
public sealed record Creation
{
    /// <summary>Gets the kind of result.</summary>
    public required CreationOutcome Outcome { get; init; }

    /// <summary>Gets the session; already ended if a creation is repeated after its end.</summary>
    public SessionReading Session { get; init; }

    /// <summary>Gets the token; null unless created or replayed.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>Gets the member and the bound, for <see cref="CreationOutcome.OutsidePolicy"/>.</summary>
    public PolicyFault? Fault { get; init; }

    /// <summary>Gets the session limit of a user, for <see cref="CreationOutcome.LimitReached"/>.</summary>
    public int Limit { get; init; }
}

/// <summary>Kind of a <see cref="Creation"/>.</summary>
public enum CreationOutcome
{
    /// <summary>A session was created.</summary>
    Created,

    /// <summary>An earlier attempt of the same request had created the session; session and token are the same.</summary>
    Replayed,

    /// <summary>The user has reached the session limit, and the policy is to refuse.</summary>
    LimitReached,

    /// <summary>The idempotency key was used for another request.</summary>
    KeyReused,

    /// <summary>A requested value is outside the policy; see <see cref="Creation.Fault"/>.</summary>
    OutsidePolicy,
}
