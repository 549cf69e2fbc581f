namespace SessionChecking.Schedules;

/// <summary>The order of what happens in a history, and the time.</summary>
internal interface IMoments
{
    /// <summary>Gets the number of steps so far.</summary>
    int Step { get; }

    /// <summary>Gets a number that is higher each time it is asked for: the order of what happened.</summary>
    int NextMoment { get; }

    /// <summary>Gets the true time, which no instance's clock shows.</summary>
    DateTimeOffset Now { get; }
}
