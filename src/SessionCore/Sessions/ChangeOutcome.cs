namespace SessionCore.Sessions;

/// <summary>How a change of a session ended.</summary>
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

    /// <summary>A wish goes beyond the policy; see <see cref="Change.Fault"/>.</summary>
    OutsidePolicy,

    /// <summary>The change ended the session.</summary>
    Ended,
}
