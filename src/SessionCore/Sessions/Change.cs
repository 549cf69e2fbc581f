namespace SessionCore.Sessions;

/// <summary>Result of a change of a session.</summary>
public sealed record Change
{
    /// <summary>Gets the kind of result.</summary>
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>Gets the session as changed.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>Gets the version that stands in the way of the one named.</summary>
    public long CurrentVersion { get; init; }

    /// <summary>Gets which member is beyond which bound.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets when an end counts everywhere at the latest; null when it does already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }

    /// <summary>Gets a value indicating whether the cache did not confirm the change: another instance may answer from before it for a while.</summary>
    public bool Degraded { get; init; }

    internal static Change Unknown { get; } = new() { Outcome = ChangeOutcome.Unknown };
}

/// <summary>Kind of a <see cref="Change"/>.</summary>
public enum ChangeOutcome
{
    /// <summary>Changed.</summary>
    Changed,

    /// <summary>There is no live session of that id; nothing was created or revived.</summary>
    Unknown,

    /// <summary>The session has another version than the one named; see <see cref="Change.CurrentVersion"/>.</summary>
    VersionMismatch,

    /// <summary>The data would be larger than allowed.</summary>
    TooLarge,

    /// <summary>A requested value is outside the policy; see <see cref="Change.Fault"/>.</summary>
    OutsidePolicy,

    /// <summary>The change ended the session.</summary>
    Ended,
}
