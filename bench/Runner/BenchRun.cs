using Bench.Runner.Bars;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Probes;
using Bench.Runner.Reports;
using Bench.Runner.Servers;

namespace Bench.Runner;

/// <summary>One run: starts the servers, holds the contests, sends the probes, judges, and writes the report.</summary>
internal sealed class BenchRun(BenchOptions options, Stand stand, TextWriter log)
{
    private readonly List<ContestResult> _contests = [];
    private readonly List<ProbeResult> _probes = [];
    private bool _failed;

    /// <summary>Does a whole run.</summary>
    /// <returns>0 when everything was measured and no bar was missed, 1 otherwise.</returns>
    public static async Task<int> RunAsync(BenchOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"{await Machine.DescribeAsync()}\nBuilding and starting the servers.");
        await using var stand = await Stand.StartAsync(Repository.Find(), cancellationToken);
        return await new BenchRun(options, stand, log).RunAsync(cancellationToken);
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var limits = new LimitLoads(await stand.StartLimitsAsync(cancellationToken));
        var servers = await OurServers.PublishAsync(stand, TimeProvider.System, cancellationToken);
        var field = await OurField.StartAsync(servers, cancellationToken);
        var requests = new OurRequests(servers.ServiceKeyText);
        var ours = new OurLoads(field.Main, requests);
        var peers = options.WithPeers ? await stand.StartPeersAsync(log, cancellationToken) : [];

        var functions = options.Wants(Programme.OnFunctions) || options.Wants(Programme.OnFunctionsAlone)
            ? await FunctionApps.StartAsync(stand, servers, cancellationToken)
            : null;
        var events = options.Wants(Programme.CreateWithEvents) || options.Wants(Programme.EndWithEvents) || options.Wants(Programme.SignOutWithEvents)
            ? await EventServers.StartAsync(servers, cancellationToken)
            : null;
        var applications = options.Wants(Programme.Authentication) || options.Wants(Programme.Verification) || options.Wants(Programme.Issue)
            ? await Applications.StartAsync(stand, servers, field.Main, cancellationToken)
            : null;
        List<BenchServer> others = [];
        foreach (var checkout in options.Beside)
        {
            others.Add(await servers.StartOtherAsync(checkout, cancellationToken));
        }

        var arena = new Arena(options.Timing, stand.RedisMeter, log);
        var programme = new Programme(options, limits, peers, ours, field, others, SeededTables.OfMain(stand.Azurite.ConnectionString, servers), functions, events, applications);
        foreach (var contest in programme.Contests().Where(contest => options.Wants(contest.Name)))
        {
            // Only listed names can be asked for.
            if (!Programme.Names.Contains(contest.Name, StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"{nameof(Programme)}.{nameof(Programme.Names)} lacks '{contest.Name}'.");
            }

            await TryAsync(
                contest.Name, async () => Add(await arena.RunAsync(contest, result => Judge.CanJudge(TheBars.All, result), cancellationToken)));
        }

        // Probes come last: some fill the store, and it slows down with its size.
        await using var store = await CountingStore.StartAsync(stand.Azurite.ConnectionString, cancellationToken);
        var counted = await servers.StartAsync(
            "ours, counted", new Dictionary<string, string>(StringComparer.Ordinal) { ["Tables__ConnectionString"] = store.ConnectionString }, cancellationToken);
        var rig = new CountingRig(counted, store, stand.RedisMeter);
        foreach (var probe in new ProbeList(options, stand, servers, ours, requests, rig).Probes().Where(probe => options.Wants(probe.Title)))
        {
            await TryAsync(probe.Title, async () => Add(await probe.RunAsync(cancellationToken)));
        }

        return await JudgeAsync(cancellationToken);
    }

    private void Add(ContestResult result)
    {
        _contests.Add(result);
        log.WriteLine(ContestTable.Render(result));
    }

    private void Add(ProbeResult result)
    {
        _probes.Add(result);
        log.WriteLine(ProbeTable.Render(result));
    }

    // A failure is reported and the run continues: it is long, and its other figures remain valid.
    private async Task TryAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _failed = true;
            await log.WriteLineAsync($"\n### {name}\n\nNot measured: {failure.Message}\n");
        }
    }

    private async Task<int> JudgeAsync(CancellationToken cancellationToken)
    {
        var verdicts = Judge.Of(TheBars.All, _contests, _probes).ToArray();
        await log.WriteLineAsync(BarTable.Render(verdicts));
        var path = await Report.WriteAsync(stand.Repository, options, _contests, _probes, verdicts, cancellationToken);
        await log.WriteLineAsync($"The report is {Path.GetRelativePath(stand.Repository.Root, path)}.");
        return _failed || verdicts.Any(verdict => verdict.Standing is Standing.Missed or Standing.HadErrors) ? 1 : 0;
    }
}
