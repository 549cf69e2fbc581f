namespace SessionCore.Sessions;

/// <summary>Times of sessions: UTC with millisecond precision, as stored and answered.</summary>
internal static class SessionClock
{
    /// <summary>Returns the current time, truncated to the millisecond.</summary>
    public static DateTimeOffset GetSessionTime(this TimeProvider timeProvider) => Truncate(timeProvider.GetUtcNow());

    /// <summary>Truncates a time to the millisecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
