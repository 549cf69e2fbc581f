namespace SessionCore.Sessions;

/// <summary>How a rotation ended.</summary>
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
