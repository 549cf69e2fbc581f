using Support;

namespace SessionChecking.Schedules;

/// <summary>
/// Runs everything of one history on one thread: every continuation is queued, and the dice choose which runs next. Time
/// passes a little with each step, and leaps to the next timer when nothing else can go on.
/// </summary>
/// <remarks>
/// A step takes time, but for those at an instant where time was told to stand; and a timer lasts at least <see cref="ShortestTimer"/>: so the length of a random pause below that has no
/// influence, and a history does not depend on the core's own random numbers.
/// </remarks>
internal sealed class Schedule(Dice dice, int longestStepMilliseconds) : SynchronizationContext, IMoments
{
    /// <summary>What clocks move by. Each instance's clock is off by another part of it, so no two instances ever read the same time.</summary>
    public const int GrainMilliseconds = 4;

    /// <summary>The shortest time a timer takes; longer than the longest pause of a writer that was overtaken (83 ms).</summary>
    public static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(100);

    /// <summary>When every history begins.</summary>
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private const int MaxSteps = 100_000;

    // As many as a look takes among those of others.
    private const int StandingSteps = 40;

    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly PriorityQueue<ScheduleTimer, (long Due, long Number)> _timers = new();
    private long _timersMade;
    private int _moments;
    private DateTimeOffset? _standAt;
    private int _standing;

    /// <summary>Gets or sets what happens between steps: faults of the environment.</summary>
    public Action? BetweenSteps { get; set; }

    /// <summary>Gets the number of steps so far.</summary>
    public int Step { get; private set; }

    /// <summary>Gets a number that is higher each time it is asked for: the order of what happened.</summary>
    public int NextMoment => ++_moments;

    /// <summary>Gets the true time, which no instance's clock shows.</summary>
    public DateTimeOffset Now { get; private set; } = Noon;

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in a history may wait for its own thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Lets time stand still for some steps when it comes to an instant.</summary>
    /// <returns>False when time cannot come to it exactly: it is past, too near, or not on the grain of the true time.</returns>
    public bool StandAt(DateTimeOffset instant)
    {
        if (instant < Now + ShortestTimer || (instant - Noon).Ticks % (TimeSpan.TicksPerMillisecond * GrainMilliseconds) != 0)
        {
            return false;
        }

        _standAt = instant;
        return true;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Now += Grains(time);

    /// <summary>Goes on until a task has ended.</summary>
    /// <exception cref="StuckException">Nothing can go on, or it never ends.</exception>
    public void RunUntil(Func<Task> body)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = body();
            while (!task.IsCompleted)
            {
                if (!TryStep())
                {
                    throw new StuckException("Deadlock: all continuations wait.");
                }
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Goes on until nothing is left to do, background work included.</summary>
    public void Drain()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (TryStep())
            {
                // Each step may add more.
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Puts a timer up.</summary>
    public void Add(ScheduleTimer timer, TimeSpan dueIn)
    {
        var due = Now + Grains(dueIn < ShortestTimer ? ShortestTimer : dueIn);
        timer.Due = due;
        _timers.Enqueue(timer, (due.UtcTicks, _timersMade++));
    }

    private bool TryStep()
    {
        if (_ready.Count == 0 && !TryLeap())
        {
            return false;
        }

        if (++Step > MaxSteps)
        {
            throw new StuckException($"After {MaxSteps} steps there is still something to do.");
        }

        Advance(TimeSpan.FromMilliseconds(GrainMilliseconds * dice.Between(1, Math.Max(1, longestStepMilliseconds / GrainMilliseconds))));
        RingDue();
        BetweenSteps?.Invoke();

        var chosen = dice.Below(_ready.Count);
        var (callback, state) = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        callback(state);
        return true;
    }

    private void Advance(TimeSpan step)
    {
        if (_standing > 0)
        {
            _standing--;
            return;
        }

        var next = Now + step;
        if (_standAt is { } at && next >= at)
        {
            _standAt = null;
            if (at >= Now)
            {
                _standing = StandingSteps;
                next = at;
            }
        }

        Now = next;
    }

    private bool TryLeap()
    {
        while (_timers.TryPeek(out var timer, out var rank))
        {
            if (timer.IsRungAt(rank.Due))
            {
                Now = timer.Due > Now ? timer.Due : Now;
                RingDue();
                return true;
            }

            _timers.Dequeue();
        }

        return false;
    }

    private void RingDue()
    {
        while (_timers.TryPeek(out var timer, out var rank) && rank.Due <= Now.UtcTicks)
        {
            _timers.Dequeue();
            if (timer.IsRungAt(rank.Due))
            {
                timer.Rung();
                _ready.Add((static state => ((ScheduleTimer)state!).Ring(), timer));
            }
        }
    }

    private static TimeSpan Grains(TimeSpan time)
    {
        var grain = TimeSpan.TicksPerMillisecond * GrainMilliseconds;
        return new TimeSpan((time.Ticks + grain - 1) / grain * grain);
    }
}
