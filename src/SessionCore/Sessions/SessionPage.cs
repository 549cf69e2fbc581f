namespace SessionCore.Sessions;

/// <summary>Page of a user's sessions, newest first.</summary>
public sealed record SessionPage
{
    /// <summary>Gets the sessions; each is live or ended.</summary>
    public IReadOnlyList<SessionReading> Sessions { get; init; } = [];

    /// <summary>Gets the opaque continuation token; null at the end.</summary>
    public string? Continuation { get; init; }

    /// <summary>Gets a value indicating whether the given continuation token was invalid.</summary>
    public bool ContinuationRefused { get; init; }
}

/// <summary>Filter of a list of sessions.</summary>
public enum SessionListState
{
    /// <summary>Live sessions.</summary>
    Live,

    /// <summary>Ended sessions within their retention.</summary>
    Ended,

    /// <summary>Both.</summary>
    All,
}
