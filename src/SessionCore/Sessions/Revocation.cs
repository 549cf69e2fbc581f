namespace SessionCore.Sessions;

/// <summary>Result of a revocation.</summary>
public sealed record Revocation
{
    /// <summary>Gets a value indicating whether there was a session of that id, ended or not.</summary>
    public required bool Found { get; init; }

    /// <summary>Gets the sessions that were live and ended here; with a dry run, those that would.</summary>
    public IReadOnlyList<SessionReading> Sessions { get; init; } = [];

    /// <summary>Gets when no instance accepts them any more at the latest; null when that is so already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }
}
