namespace SessionCore.Sessions;

/// <summary>Result of a rotation: the session and its new token, or the reason for refusal.</summary>
public sealed record Rotation
{
    /// <summary>Gets the kind of result.</summary>
    public required RotationOutcome Outcome { get; init; }

    /// <summary>Gets the session of the new token; it has another id after an upgrade.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>Gets the new token.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>Gets the ended session, if the token was valid.</summary>
    public EndedSession? Ended { get; init; }

    /// <summary>Gets the session limit of a user, for <see cref="RotationOutcome.LimitReached"/>.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// Gets a value indicating whether the cache did not confirm the rotation: other instances may briefly accept the old token.
    /// </summary>
    public bool Degraded { get; init; }

    /// <summary>Gets the instant by which the old token is refused everywhere; null when it is already, or has a grace.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }

    internal static Rotation Unknown { get; } = new() { Outcome = RotationOutcome.Unknown };
}

/// <summary>Kind of a <see cref="Rotation"/>.</summary>
public enum RotationOutcome
{
    /// <summary>The token was rotated.</summary>
    Rotated,

    /// <summary>No live session has this id, or the token is not that session's.</summary>
    Unknown,

    /// <summary>The token was valid, but the session has ended.</summary>
    Ended,

    /// <summary>The session belongs to another user.</summary>
    HasUser,

    /// <summary>The session is found by a key: it has no token, and moves to a user by a save under its key.</summary>
    Keyed,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,
}

/// <summary>Request for a new token.</summary>
/// <param name="UserId">The user to whom an anonymous session is upgraded; null for none.</param>
/// <param name="AssuranceLevel">The level of a new authentication; null when there was none.</param>
public sealed record RotationRequest(string? UserId = null, AssuranceLevel? AssuranceLevel = null)
{
    /// <summary>Gets the claims that replace those of the session: a minified UTF-8 JSON object; empty to keep them.</summary>
    public ReadOnlyMemory<byte> ClaimsJson { get; init; }

    /// <summary>Gets the methods of that authentication, which replace those of the session; null to keep them.</summary>
    public IReadOnlyList<string>? AuthenticationMethods { get; init; }

    /// <summary>Gets whether the user wishes to be remembered from that authentication on; null to leave it as it is.</summary>
    public bool? IsPersistent { get; init; }

    internal SessionBody Applied(SessionBody body) => body with
    {
        Claims = ClaimsJson.IsEmpty ? body.Claims : ClaimsJson,
        Methods = AuthenticationMethods is null ? body.Methods : SessionJson.Methods(AuthenticationMethods),
    };
}
