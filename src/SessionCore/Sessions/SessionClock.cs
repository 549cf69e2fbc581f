namespace SessionCore.Sessions;

/// <summary>Times of sessions: UTC to the millisecond, as they are stored and answered.</summary>
internal static class SessionClock
{
    /// <summary>Returns the current time of a session.</summary>
    public static DateTimeOffset GetSessionTime(this TimeProvider timeProvider) => Truncate(timeProvider.GetUtcNow());

    /// <summary>Cuts a time off at the millisecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
