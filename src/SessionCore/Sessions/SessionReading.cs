namespace SessionCore.Sessions;

/// <summary>Result of reading a session: live, ended, or neither for an unknown session.</summary>
/// <param name="Live">The live session.</param>
/// <param name="Ended">The ended session.</param>
/// <param name="Source">The source.</param>
/// <param name="Degraded">Whether a configured cache was unavailable.</param>
public readonly record struct SessionReading(LiveSession? Live, EndedSession? Ended, ReadSource Source, bool Degraded)
{
    /// <summary>Gets a value indicating whether the session is unknown.</summary>
    public bool IsUnknown => Live is null && Ended is null;

    /// <summary>How long ago a live session was read from the table; null for any other, whose end is final.</summary>
    public TimeSpan? AgeAt(DateTimeOffset now) => Source switch
    {
        ReadSource.Table => TimeSpan.Zero,
        _ => now - Live?.ReadAt,
    };
}

/// <summary>Source of an answer.</summary>
public enum ReadSource
{
    /// <summary>The table.</summary>
    Table,

    /// <summary>The cache.</summary>
    Cache,
}
