using SessionChecking.Histories;
using SessionChecking.Schedules;
using Support;

namespace SessionChecking.Faults;

/// <summary>Faults of the stores between steps, independent of callers.</summary>
internal sealed class Weather(Schedule schedule, Dice dice, FaultMix mix, Network network, TableFaults sessions, TableFaults due, CacheFaults cache, Trace trace)
{
    private const double LateWriteLands = 0.06;
    private const double ReplicaCatchesUp = 0.3;

    private readonly List<FailOver> _failOvers = [];

    /// <summary>Gets when the cache's replica took over.</summary>
    public IReadOnlyList<FailOver> FailOvers => _failOvers;

    public void Change()
    {
        if (!network.IsFaulty)
        {
            return;
        }

        if (dice.Chance(mix.Eviction))
        {
            cache.EvictOne();
        }

        if (dice.Chance(mix.Flush))
        {
            cache.Cache.Flush();
            trace.Add("cache: loses everything");
        }

        if (mix.ReplicaLags && dice.Chance(ReplicaCatchesUp))
        {
            cache.Cache.ReplicateOne();
        }

        if (dice.Chance(mix.FailOver))
        {
            trace.Add($"cache: the replica takes over; {cache.Cache.Unreplicated} writes are lost");
            cache.Cache.FailOver();
            _failOvers.Add(new FailOver(schedule.NextMoment, schedule.Now));
        }

        if (dice.Chance(mix.Leap))
        {
            schedule.Pass(dice.Milliseconds(1_000, 20_000));
            trace.Add("time passes");
        }

        if (mix.Late > 0 && dice.Chance(LateWriteLands))
        {
            _ = dice.Chance(0.5) ? cache.ApplyOneLate() : sessions.ApplyOneLate() || due.ApplyOneLate();
        }
    }

    /// <summary>Ends all faults: what is late arrives, nothing further goes wrong.</summary>
    public void Calm()
    {
        while (sessions.ApplyOneLate() || due.ApplyOneLate() || cache.ApplyOneLate())
        {
            // In any order.
        }

        network.IsFaulty = false;
        while (cache.Cache.ReplicateOne())
        {
            // The replica catches up.
        }
    }
}
