using Bench.Runner.Bars;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Reports;
using Bench.Runner.Servers;

namespace Bench.Runner;

/// <summary>One run: starts the servers, holds the contests, judges, and writes the report.</summary>
internal sealed class BenchRun(BenchOptions options, Stand stand, TextWriter log)
{
    private readonly List<ContestResult> _contests = [];
    private readonly List<ProbeResult> _probes = [];

    /// <summary>Does a whole run.</summary>
    /// <returns>0 when no bar was missed, 1 otherwise.</returns>
    public static async Task<int> RunAsync(BenchOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"{await Machine.DescribeAsync()}\nBuilding and starting the servers.");
        await using var stand = await Stand.StartAsync(Repository.Find(), cancellationToken);
        return await new BenchRun(options, stand, log).RunAsync(cancellationToken);
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var limits = new LimitLoads(await stand.StartLimitsAsync(cancellationToken));
        var peers = options.WithPeers ? await stand.StartPeersAsync(log, cancellationToken) : [];
        var arena = new Arena(options.Timing, stand.RedisMeter);
        foreach (var contest in new Programme(options, limits, peers).Contests().Where(contest => options.Wants(contest.Name)))
        {
            var result = await arena.RunAsync(contest, cancellationToken);
            _contests.Add(result);
            await log.WriteLineAsync(ContestTable.Render(result));
        }

        var verdicts = Judge.Of(TheBars.All, _contests, _probes).ToArray();
        await log.WriteLineAsync(BarTable.Render(verdicts));
        var path = await Report.WriteAsync(stand.Repository, options, _contests, _probes, verdicts, cancellationToken);
        await log.WriteLineAsync($"The report is {Path.GetRelativePath(stand.Repository.Root, path)}.");
        return verdicts.Any(verdict => verdict.Standing is Standing.Missed or Standing.HadErrors) ? 1 : 0;
    }
}
