namespace SessionCore.Sessions;

/// <summary>What a creation came to.</summary>
public sealed record Creation
{
    /// <summary>Gets how it ended.</summary>
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
