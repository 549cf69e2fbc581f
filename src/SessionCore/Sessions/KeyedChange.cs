namespace SessionCore.Sessions;

/// <summary>Result of a write to a keyed session.</summary>
public sealed record KeyedChange
{
    /// <summary>Gets the kind of result.</summary>
    public required KeyedOutcome Outcome { get; init; }

    /// <summary>Gets the session as created or changed.</summary>
    public LiveSession? Session { get; init; }

    /// <summary>Gets the version that stands in the way of the condition; null when there is no session.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>Gets which member is beyond which bound.</summary>
    public PolicyFault? Fault { get; init; }

    /// <summary>Gets how many sessions a user may have, when that stood in the way.</summary>
    public int Limit { get; init; }

    /// <summary>Gets why and when the session of the key ended, when that stood in the way.</summary>
    public (string Reason, DateTimeOffset At)? End { get; init; }

    /// <summary>Gets a value indicating whether the cache did not confirm the change: another instance may answer from before it for a while.</summary>
    public bool Degraded { get; init; }

    internal static KeyedChange Unknown { get; } = new() { Outcome = KeyedOutcome.Unknown };
}

/// <summary>Kind of a <see cref="KeyedChange"/>.</summary>
public enum KeyedOutcome
{
    /// <summary>The key had no session and has one now.</summary>
    Created,

    /// <summary>The session of the key was changed.</summary>
    Changed,

    /// <summary>The key has no live session; nothing was created or revived.</summary>
    Unknown,

    /// <summary>The condition does not hold.</summary>
    VersionMismatch,

    /// <summary>The session of the key was ended before its time. It is not created anew; see <see cref="KeyedChange.End"/>.</summary>
    Ended,

    /// <summary>The session has another user.</summary>
    HasUser,

    /// <summary>The user has as many sessions as allowed, and the policy is to refuse.</summary>
    LimitReached,

    /// <summary>The data would be larger than allowed.</summary>
    TooLarge,

    /// <summary>A requested value is outside the policy; see <see cref="KeyedChange.Fault"/>.</summary>
    OutsidePolicy,
}
