using System.Runtime.InteropServices;
using SessionChaos;
using SessionChaos.Reports;
using SessionChaos.Scenarios;

if (ChaosOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(ChaosOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var faults = new ProcessFaults(TimeSpan.FromMinutes(options.Minutes), options.Seed, TimeSpan.FromSeconds(1));
IScenario[] scenarios =
[
    faults,
    new RedisKilled(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(10), rate: 500, leastShare: 0.999),
    new TableThrottled(requests: 10_000, rate: 400),
    new ColdCacheHerd(sessions: 5_000, rate: 2_000, rounds: 2),
    new AnswersLost(timesEach: 1_000),
    new WaitingClients(clients: 10_000, ended: 500, waitSeconds: 25, mostMegabytes: 150),
    new EventsThroughKills(kills: 100, writers: 8, TimeSpan.FromSeconds(2)),
];
var results = new List<ScenarioResult>();
try
{
    foreach (var scenario in scenarios.Where(scenario => options.Only is null || scenario.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
    {
        results.Add(await scenario.RunAsync(line => Console.WriteLine($"{scenario.Name}: {line}"), stop.Token));

        // A load that was stopped ends early and says nothing of the bar.
        stop.Token.ThrowIfCancellationRequested();
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return 1;
}

if (faults.FirstFinding is { } finding)
{
    Console.WriteLine();
    Console.WriteLine(finding);
}

ResultTable.Write(Console.Out, faults.Faults, results);
return results.Count > 0 && results.TrueForAll(result => result.IsMet) ? 0 : 1;

// The servers are ended in order, and their proxies after them.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
