namespace SessionCore.Sessions;

/// <summary>A page of a user's sessions, newest first.</summary>
public sealed record SessionPage
{
    /// <summary>Gets the sessions; each is live or ended.</summary>
    public IReadOnlyList<SessionReading> Sessions { get; init; } = [];

    /// <summary>Gets where to go on, opaque; null at the end.</summary>
    public string? Continuation { get; init; }

    /// <summary>Gets a value indicating whether the continuation was not one of ours.</summary>
    public bool ContinuationRefused { get; init; }
}

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
