namespace SessionCore.Sessions;

/// <summary>What a look at a session found: live, ended, or (neither) nothing that the caller may know of.</summary>
/// <param name="Live">The live session.</param>
/// <param name="Ended">The ended session.</param>
/// <param name="Source">Source of an answer.</param>
/// <param name="Degraded">Whether the cache is configured and did not take part as it should.</param>
public readonly record struct SessionReading(LiveSession? Live, EndedSession? Ended, ReadSource Source, bool Degraded)
{
    /// <summary>Gets a value indicating whether there is nothing to tell.</summary>
    public bool IsUnknown => Live is null && Ended is null;
}

/// <summary>Source of an answer.</summary>
public enum ReadSource
{
    /// <summary>The table.</summary>
    Table,

    /// <summary>The cache.</summary>
    Cache,
}
