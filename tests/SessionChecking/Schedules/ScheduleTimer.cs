namespace SessionChecking.Schedules;

/// <summary>A timer of a <see cref="ScheduleClock"/>; it rings once. What it does then is a step like any other.</summary>
internal sealed class ScheduleTimer(Schedule schedule, TimerCallback callback, object? state) : ITimer
{
    private bool _isUp;

    public DateTimeOffset Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
        {
            throw new NotSupportedException("A timer of a history rings once.");
        }

        _isUp = dueTime != Timeout.InfiniteTimeSpan;
        if (_isUp)
        {
            schedule.Add(this, dueTime);
        }

        return true;
    }

    /// <summary>Whether it is still up for that instant; a timer that was changed or taken down leaves its former place behind.</summary>
    public bool IsRungAt(long dueTicks) => _isUp && Due.UtcTicks == dueTicks;

    public void Rung() => _isUp = false;

    public void Ring() => callback(state);

    public void Dispose() => _isUp = false;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
