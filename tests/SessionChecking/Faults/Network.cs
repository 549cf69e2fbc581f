using SessionChecking.Schedules;
using Support;

namespace SessionChecking.Faults;

/// <summary>What lies between an instance and a store: every call stops here, and may be held up or lost.</summary>
internal sealed class Network(Schedule schedule, Dice dice, FaultMix mix)
{
    /// <summary>Gets or sets a value indicating whether anything goes wrong at all.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>Lets everything else that can go on have its chance; sometimes for seconds.</summary>
    public async ValueTask PassAsync()
    {
        if (IsFaulty && dice.Chance(mix.Stall))
        {
            await StallAsync();
        }
        else
        {
            await Task.Yield();
        }
    }

    public bool Loses(double share) => IsFaulty && dice.Chance(mix.TimeoutBefore * share);

    public bool LosesUpdate() => IsFaulty && dice.Chance(mix.UpdateLost);

    public bool LosesAnswer(double share) => IsFaulty && dice.Chance(mix.TimeoutAfter * share);

    public bool Delays(double share) => IsFaulty && dice.Chance(mix.Late * share);

    private Task StallAsync()
    {
        var done = new TaskCompletionSource();
        var timer = new ScheduleTimer(schedule, static state => ((TaskCompletionSource)state!).SetResult(), done);
        timer.Change(dice.Chance(0.8) ? dice.Milliseconds(100, 3_000) : dice.Milliseconds(3_000, 12_000), Timeout.InfiniteTimeSpan);
        return done.Task;
    }
}
