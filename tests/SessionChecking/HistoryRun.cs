using SessionChecking.Histories;
using SessionChecking.Schedules;
using SessionChecking.Workloads;
using Support;
using Support.Caching;

namespace SessionChecking;

/// <summary>Runs one history from its seed.</summary>
internal static class HistoryRun
{
    // The core keeps gates, unknown ids and verdicts on tokens in places chosen by a part of an id or a digest: 1,024 and multiples of it.
    private const int Places = 1024;

    // Two of a dozen ids share a place in one run of fifteen. A planted fault can make two names one for good.
    private const int MostRuns = 20;

    /// <summary>Runs a history. The same seed gives the same history each time, on any machine.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="isTraced">Whether to write down what happens.</param>
    /// <param name="fault">A fault to plant; null for none.</param>
    /// <param name="scripts">Takes the steps of the cache by the scripts of a real Redis; null to take them in memory.</param>
    public static History Of(ulong seed, bool isTraced = false, IPlantedFault? fault = null, RedisScriptServer? scripts = null)
    {
        for (var run = 1; ; run++)
        {
            var dice = new Dice(seed);
            var plan = HistoryPlan.Draw(seed, dice);
            var world = new World(plan, dice, isTraced, fault, scripts);
            var board = new Board();
            Run(world, board);
            if (run == MostRuns || !world.History.Names.HasCollision(Places, board.Sessions.SelectMany(known => known.Tokens)))
            {
                return world.History;
            }
        }
    }

    // Where filling the cache is among the races, they are between instances: one instance fills an entry and changes it in turn.
    private static Instance InstanceOf(World world, int client) => world.Plan.BeginsUnread
        ? world.Instances[client % world.Instances.Count]
        : world.Dice.Pick(world.Instances);

    private static void Run(World world, Board board)
    {
        var history = world.History;
        try
        {
            var clients = Enumerable.Range(1, world.Plan.Clients)
                .Select(number => new Client(world, InstanceOf(world, number), board, number))
                .ToArray();
            foreach (var client in clients.Take(world.Plan.SessionsAtFirst))
            {
                world.Schedule.RunUntil(client.BeginAsync);
            }

            world.Schedule.RunUntil(() => Task.WhenAll(clients.Select(client => client.RunAsync())));
            var epilogue = new Epilogue(world, board);
            world.Schedule.RunUntil(epilogue.LookAtDoubtsAsync);
            world.Schedule.RunUntil(epilogue.LookEverywhereAsync);
            world.Weather.Calm();
            world.Schedule.Drain();
            history.Calm = world.Schedule.NextMoment;
            world.Schedule.RunUntil(epilogue.LookAtTheTableAsync);
        }
        catch (StuckException exception)
        {
            history.Stuck = exception.Message;
        }

        history.FailOvers = world.Weather.FailOvers;
    }
}
