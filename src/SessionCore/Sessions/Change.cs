namespace SessionCore.Sessions;

/// <summary>Result of a change of a session.</summary>
public sealed record Change
{
    /// <summary>Gets the kind of result.</summary>
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>Gets the changed session.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>Gets the current version, for <see cref="ChangeOutcome.VersionMismatch"/>.</summary>
    public long CurrentVersion { get; init; }

    /// <summary>Gets the member and the bound, for <see cref="ChangeOutcome.OutsidePolicy"/>.</summary>
    public PolicyFault? Fault { get; init; }

    /// <summary>Gets the instant by which an end is effective everywhere; null when it is already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }

    /// <summary>
    /// Gets a value indicating whether the cache did not confirm the change: other instances may briefly answer with the previous
    /// state.
    /// </summary>
    public bool Degraded { get; init; }

    internal static Change Unknown { get; } = new() { Outcome = ChangeOutcome.Unknown };
}

/// <summary>Kind of a <see cref="Change"/>.</summary>
public enum ChangeOutcome
{
    /// <summary>Changed.</summary>
    Changed,

    /// <summary>No live session has this id; nothing was created or revived.</summary>
    Unknown,

    /// <summary>The condition on the version is false; see <see cref="Change.CurrentVersion"/>.</summary>
    VersionMismatch,

    /// <summary>The data would exceed the limit.</summary>
    TooLarge,

    /// <summary>A requested value is outside the policy; see <see cref="Change.Fault"/>.</summary>
    OutsidePolicy,

    /// <summary>The change ended the session.</summary>
    Ended,
}
