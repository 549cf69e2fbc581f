namespace SessionFunctions.Client;

/// <summary>Result of a save under a key.</summary>
public sealed record KeyedSave
{
    /// <summary>Gets what happened.</summary>
    public required KeyedSaveOutcome Outcome { get; init; }

    /// <summary>Gets the session; null unless it was created or saved.</summary>
    public Session? Session { get; init; }

    /// <summary>Gets why the session of the key ended; null unless the outcome is <see cref="KeyedSaveOutcome.Ended"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>Gets when the session of the key ended; null unless the outcome is <see cref="KeyedSaveOutcome.Ended"/>.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets the current version of data and claims; null when there is no live session.</summary>
    public string? ETag { get; init; }
}

/// <summary>Outcomes of a save under a key.</summary>
public enum KeyedSaveOutcome
{
    /// <summary>The key had no session and has one now.</summary>
    Created,

    /// <summary>The session of the key was saved.</summary>
    Saved,

    /// <summary>The session of the key was ended, and a save does not revive it. Nothing was saved.</summary>
    Ended,

    /// <summary>The condition of the save is false. Nothing was saved.</summary>
    ConditionFailed,
}
