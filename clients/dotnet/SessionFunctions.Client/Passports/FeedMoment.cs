namespace SessionFunctions.Client.Passports;

/// <summary>
/// A moment by both clocks of this machine. The elapsed time is that of the clock that counted more: one may stand still while the machine is
/// suspended, the other may be set back.
/// </summary>
internal readonly record struct FeedMoment(long Timestamp, DateTimeOffset Wall)
{
    public static FeedMoment Now(TimeProvider timeProvider) => new(timeProvider.GetTimestamp(), timeProvider.GetUtcNow());

    /// <summary>Returns the time since this moment.</summary>
    public TimeSpan Elapsed(TimeProvider timeProvider)
    {
        var counted = timeProvider.GetElapsedTime(Timestamp);
        var told = timeProvider.GetUtcNow() - Wall;
        return counted > told ? counted : told;
    }
}
