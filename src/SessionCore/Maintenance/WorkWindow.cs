namespace SessionCore.Maintenance;

/// <summary>Time budget of a run, measured by the monotonic clock, so that adjusting the system clock does not change it.</summary>
internal sealed class WorkWindow(TimeProvider timeProvider, TimeSpan budget)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start);

    public bool IsSpent => Elapsed >= budget;
}
