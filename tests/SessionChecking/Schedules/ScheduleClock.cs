namespace SessionChecking.Schedules;

/// <summary>The clock of one instance: the schedule's time, off by a constant.</summary>
internal sealed class ScheduleClock(Schedule schedule, TimeSpan offset) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => schedule.Now + offset;

    public override long GetTimestamp() => schedule.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ScheduleTimer(schedule, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
