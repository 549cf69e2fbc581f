namespace SessionCore.Events;

/// <summary>When an event that was not acknowledged is tried again, and when it is given up.</summary>
internal static class RetryPlan
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The time from the first failure after which an event is parked.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(72);

    /// <summary>
    /// Returns the pause of an event that was not tried because its target is down: as long as it has waited, or as the target has been
    /// down. So what gathers in an outage costs two looks each on average, however long that is (docs/adr/0082).
    /// </summary>
    /// <param name="waited">Since its first try.</param>
    /// <param name="down">How long the target has been down, as this instance knows.</param>
    /// <param name="shortest">The shortest pause.</param>
    public static TimeSpan PauseUntried(TimeSpan waited, TimeSpan down, TimeSpan shortest)
    {
        TimeSpan[] pauses = [waited, down, shortest];
        var pause = pauses.Max();
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Returns the pause after a number of failures: it doubles, up to an hour.</summary>
    public static TimeSpan PauseAfter(int failures)
    {
        var doublings = Math.Min(failures - 1, 20);
        var pause = FirstPause * Math.Pow(2, Math.Max(0, doublings));
        return pause < LongestPause ? pause : LongestPause;
    }
}
