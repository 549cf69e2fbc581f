namespace SessionCore.Maintenance;

/// <summary>The time a run may work. Measured by the monotonic clock, so that a clock set anew does not stretch it.</summary>
internal sealed class WorkWindow(TimeProvider time, TimeSpan budget)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public bool IsSpent => Elapsed >= budget;
}
