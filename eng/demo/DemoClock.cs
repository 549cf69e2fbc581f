namespace Demo;

/// <summary>Clock that goes through the past as fast as the data is written. Timers and timestamps are the system's.</summary>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Sets the time.</summary>
    public void Set(DateTimeOffset now) => Volatile.Write(ref _ticks, now.UtcTicks);
}
