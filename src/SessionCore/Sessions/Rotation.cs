namespace SessionCore.Sessions;

/// <summary>What a rotation came to.</summary>
public sealed record Rotation
{
    /// <summary>Gets how it ended.</summary>
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
