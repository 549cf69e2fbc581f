using SessionChecking.Faults;
using SessionChecking.Histories;
using SessionChecking.Schedules;
using SessionCore.Sessions;
using Support;
using Support.Caching;
using Support.Tables;

namespace SessionChecking.Workloads;

/// <summary>One history's stores, network and instances, all new.</summary>
internal sealed class World
{
    public World(HistoryPlan plan, Dice dice, bool isTraced, IPlantedFault? fault, RedisScriptServer? scripts)
    {
        Plan = plan;
        Dice = dice;
        Schedule = new Schedule(dice, plan.LongestStepMilliseconds);
        Trace = new Trace(Schedule, isTraced);
        Func<string, string, SessionKey> keyOf = fault is null ? NamedKey.Read : fault.KeyOf;
        Keys = plan.IsKeyed ? NamedKey.All(keyOf) : [];
        var truth = new Truth(Schedule, NamesOf(plan, Keys));
        History = new History(plan, truth, Trace);
        Network = new Network(Schedule, dice, plan.Faults);
        Sessions = new TableFaults(isDue: false, Network, dice, plan.Faults, truth, Trace);
        Due = new TableFaults(isDue: true, Network, dice, plan.Faults, truth, Trace);
        Cache = new CacheFaults(new ScheduleClock(Schedule, TimeSpan.Zero), plan.Faults.ReplicaLags, plan.Cache.ReplicaAcks > 0, scripts, Network, dice, truth.Names, Trace);
        Weather = new Weather(Schedule, dice, plan.Faults, Network, Sessions, Due, Cache, Trace);
        Schedule.Pass(plan.BeginsAt);
        Schedule.BetweenSteps = Weather.Change;
        Instances = [.. Enumerable.Range(1, plan.Instances).Select(number => Begin(number, fault))];
    }

    public HistoryPlan Plan { get; }

    /// <summary>Gets the keys of keyed sessions; none unless the history is about them.</summary>
    public IReadOnlyList<NamedKey> Keys { get; }

    public Dice Dice { get; }

    public Schedule Schedule { get; }

    public Trace Trace { get; }

    public History History { get; }

    public Network Network { get; }

    public TableFaults Sessions { get; }

    public TableFaults Due { get; }

    public CacheFaults Cache { get; }

    public Weather Weather { get; }

    public IReadOnlyList<Instance> Instances { get; }

    // Named from the start, so that a history that is traced meets nobody earlier than one that is not.
    private static Names NamesOf(HistoryPlan plan, IEnumerable<NamedKey> keys)
    {
        var names = new Names();
        for (var user = 1; user <= plan.Users; user++)
        {
            _ = names.Of(SessionLocator.PartitionOf($"user-{user}"));
        }

        foreach (var key in keys)
        {
            _ = names.Of(key.Key.Partition);
        }

        return names;
    }

    // The clocks of two instances are apart by the skew at most, and never by a whole number of the schedule's grains.
    private Instance Begin(int number, IPlantedFault? fault)
    {
        var half = (int)(Plan.Cache.ClockSkew.TotalMilliseconds / 2) / Schedule.GrainMilliseconds * Schedule.GrainMilliseconds;
        var skew = half == 0 ? 0 : Dice.Between(-half / Schedule.GrainMilliseconds, (half / Schedule.GrainMilliseconds) - 1) * Schedule.GrainMilliseconds;
        var offset = TimeSpan.FromMilliseconds(skew + number - 1);
        var ports = new Ports(
            new RetriedTable(new PagedTable(Sessions.Table, Plan.Faults.PageRows, History.Names), Plan.Faults.TableRetries),
            new RetriedTable(Due.Table, Plan.Faults.TableRetries),
            new SteadyCache(Cache.Cache, Plan.CacheKeeps),
            new ScheduleClock(Schedule, offset));
        ports = fault?.Plant(ports, this) ?? ports;
        return InstanceFactory.Begin(number, offset, ports, Plan.Policy, Plan.Cache);
    }
}
