namespace SessionCore.Sessions;

/// <summary>Result of a rotation: the session and its new token, or the reason for refusal.</summary>
public sealed record Rotation
{
    /// <summary>Gets the kind of result.</summary>
    public required RotationOutcome Outcome { get; init; }

    /// <summary>Gets the session the new token is for; of another id after an upgrade.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>Gets the new token.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>Gets the ended session, when the token was right.</summary>
    public EndedSession? Ended { get; init; }

    /// <summary>Gets how many sessions a user may have, when that stood in the way.</summary>
    public int Limit { get; init; }

    /// <summary>Gets a value indicating whether the cache did not confirm: another instance may still take the old token for a while.</summary>
    public bool Degraded { get; init; }

    /// <summary>Gets when the old token is refused everywhere at the latest; null when it is already, or has its grace.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }

    internal static Rotation Unknown { get; } = new() { Outcome = RotationOutcome.Unknown };
}

/// <summary>Kind of a <see cref="Rotation"/>.</summary>
public enum RotationOutcome
{
    /// <summary>There is a new token.</summary>
    Rotated,

    /// <summary>There is no live session of that id, or the token is not its.</summary>
    Unknown,

    /// <summary>The token was right, and the session has ended.</summary>
    Ended,

    /// <summary>The session has a user already, who is another one.</summary>
    HasUser,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,
}

/// <summary>Request for a new token.</summary>
/// <param name="UserId">The user an anonymous session becomes one of; null to leave it as it is.</param>
/// <param name="AssuranceLevel">The level of an authentication that has just taken place; null when there was none.</param>
public sealed record RotationRequest(string? UserId = null, AssuranceLevel? AssuranceLevel = null)
{
    /// <summary>Gets the claims that replace those of the session: a minified UTF-8 JSON object; empty to keep them.</summary>
    public ReadOnlyMemory<byte> ClaimsJson { get; init; }

    internal SessionBody WithClaims(SessionBody body) => ClaimsJson.IsEmpty ? body : body with { Claims = ClaimsJson };
}
