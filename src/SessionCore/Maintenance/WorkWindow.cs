namespace SessionCore.Maintenance;

/// <summary>The time a run may work. Measured by the monotonic clock, so that a clock set anew does not stretch it.</summary>
internal sealed class WorkWindow(TimeProvider timeProvider, TimeSpan budget)
{
    private readonly long _start = timeProvider.GetTimestamp();

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(_start);

    public bool IsSpent => Elapsed >= budget;
}
