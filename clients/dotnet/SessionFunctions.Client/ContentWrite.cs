namespace SessionFunctions.Client;

/// <summary>Result of a write of data or claims.</summary>
public sealed record ContentWrite
{
    /// <summary>Gets what happened.</summary>
    public required ContentWriteOutcome Outcome { get; init; }

    /// <summary>Gets the content as it is now; null unless it was written.</summary>
    public SessionContent? Content { get; init; }

    /// <summary>Gets the current version; null when there is no live session.</summary>
    public string? ETag { get; init; }
}

/// <summary>Outcomes of a write of data or claims.</summary>
public enum ContentWriteOutcome
{
    /// <summary>The content was written.</summary>
    Written,

    /// <summary>There is no live session of that id or key.</summary>
    NotFound,

    /// <summary>The content has another version than the condition asks for. Nothing was written.</summary>
    ConditionFailed,
}
