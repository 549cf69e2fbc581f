namespace SessionChecking.Faults;

/// <summary>The cache's replica took over with what it had.</summary>
/// <param name="Moment">Its place in the order of all that happened.</param>
/// <param name="At">When, in true time.</param>
internal readonly record struct FailOver(int Moment, DateTimeOffset At);
