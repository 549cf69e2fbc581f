namespace SessionCore.Sessions;

/// <summary>What a change of a session came to.</summary>
public sealed record Change
{
    /// <summary>Gets how it ended.</summary>
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
