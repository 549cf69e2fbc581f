namespace SessionCore.Sessions;

/// <summary>Which of a user's sessions are listed.</summary>
public enum SessionListState
{
    /// <summary>Those that are live.</summary>
    Live,

    /// <summary>Those that have ended and are still known.</summary>
    Ended,

    /// <summary>Both.</summary>
    All,
}
