namespace SessionCore.Sessions;

/// <summary>Result of a revocation.</summary>
public sealed record Revocation
{
    /// <summary>Gets a value indicating whether the session exists, live or ended.</summary>
    public required bool Found { get; init; }

    /// <summary>Gets the live sessions that this call ended; for a dry run, those that it would end.</summary>
    public IReadOnlyList<SessionReading> Sessions { get; init; } = [];

    /// <summary>Gets the instant by which no instance accepts the sessions; null when none does already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }
}
