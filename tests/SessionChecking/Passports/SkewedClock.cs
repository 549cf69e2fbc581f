namespace SessionChecking.Passports;

/// <summary>The true clock as a machine sees it that is off by a constant. Its timestamps are its own, so none compares with another's.</summary>
internal sealed class SkewedClock(TimeProvider truth, TimeSpan offset) : TimeProvider
{
    public override long TimestampFrequency => truth.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + offset;

    public override long GetTimestamp() => truth.GetTimestamp() + offset.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        truth.CreateTimer(callback, state, dueTime, period);
}
