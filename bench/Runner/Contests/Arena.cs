using Bench.Driver;
using Bench.Runner.Meters;
using Bench.Runner.Servers;

namespace Bench.Runner.Contests;

/// <summary>Runs contests: in every round each contender has its turn, alone on the machine.</summary>
internal sealed class Arena(Timing timing, RedisMeter redis, TextWriter log)
{
    // An uncounted warm-up round, which JIT compilers need.
    private const int Rehearsal = -1;

    public Timing Timing => timing;

    /// <summary>Holds a contest.</summary>
    /// <param name="contest">What is compared.</param>
    /// <param name="isSteady">Whether what was measured can be judged; otherwise rounds are added, up to the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ContestResult> RunAsync(Contest contest, Func<ContestResult, bool> isSteady, CancellationToken cancellationToken)
    {
        var result = new ContestResult(contest);
        for (var round = Rehearsal; round < timing.Rounds || (round < timing.MostRounds && !isSteady(result)); round++)
        {
            // A round that writes takes minutes: a store has to be filled for each contender.
            await log.WriteLineAsync(round == Rehearsal ? $"{contest.Name}: warming up" : $"{contest.Name}: round {round + 1} of {timing.Rounds} to {timing.MostRounds}");
            foreach (var contender in contest.Contenders)
            {
                var load = await contender.PrepareAsync(round, cancellationToken);
                var measurement = await MeasureAsync(
                    contender.Server, load, contest.Connections, round == Rehearsal ? Timing.Rehearsal : timing.Window, cancellationToken);
                if (round != Rehearsal)
                {
                    result.Add(contender.Name, measurement);
                }
            }
        }

        return result;
    }

    /// <summary>Runs a load without measuring it, to its last request.</summary>
    public static async Task<LoadResult> DriveAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        // A thread of its own: the driver never waits for a task.
        var result = await Task.Factory.StartNew(
            () => LoadDriver.Run(plan, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return result.Errors == 0
            ? result
            : throw new InvalidOperationException($"{result.Errors} requests to prepare a round failed; the first: {result.FirstError}");
    }

    private async Task<Measurement> MeasureAsync(
        BenchServer server, ContenderLoad load, int connections, TimeSpan window, CancellationToken cancellationToken)
    {
        var readings = new List<MeterReading>(2);
        var plan = new LoadPlan
        {
            Endpoint = server.Endpoint,
            Requests = load.Requests,
            Expected = [load.Status],
            Connections = connections,
            WarmUp = timing.WarmUp,
            WarmUpRequests = load.WarmUpRequests,
            Window = window,
            AtWindowEdge = () => readings.Add(new MeterReading(server.ReadProcess(), server.ReadGauge(), redis.Read())),
        };
        var result = await Task.Factory.StartNew(
            () => LoadDriver.Run(plan, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Measurement.From(result, readings[0], readings[1]);
    }
}
