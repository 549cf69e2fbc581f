using System.Globalization;

namespace SessionChaos.Scenarios;

/// <summary>Round after round, each on a new stand with every fault once in another order, until the time is over.</summary>
/// <param name="duration">The duration; the last round is completed.</param>
/// <param name="seed">The first round's seed.</param>
/// <param name="faultLength">About how long each fault lasts.</param>
internal sealed class ProcessFaults(TimeSpan duration, ulong seed, TimeSpan faultLength) : IScenario
{
    public string Name => "process faults";

    /// <summary>Gets the counts per fault, over all rounds.</summary>
    public IReadOnlyList<FaultTally> Faults { get; private set; } = [];

    /// <summary>Gets the first history in which a promise was broken.</summary>
    public string? FirstFinding { get; private set; }

    public async Task<ScenarioResult> RunAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var reports = new List<ChaosReport>();
        do
        {
            var number = reports.Count;
            var round = new ChaosRound(new ChaosRoundOptions(seed + (ulong)number, faultLength))
            {
                Progress = fault => progress(string.Create(CultureInfo.InvariantCulture, $"round {number + 1}, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s of {duration.TotalSeconds:0}: {fault}")),
            };
            reports.Add(await round.RunAsync(cancellationToken));
        }
        while (TimeProvider.System.GetElapsedTime(started) < duration);

        Faults = [.. reports.SelectMany(report => report.Faults).GroupBy(tally => tally.Fault).Select(Sum).OrderBy(tally => tally.Fault, StringComparer.Ordinal)];
        FirstFinding = reports.SelectMany(report => report.Findings).FirstOrDefault()?.ToString();
        return new ScenarioResult(Name, [.. FiguresOf(reports)]);
    }

    private static FaultTally Sum(IGrouping<string, FaultTally> tallies) =>
        new(tallies.Key, tallies.Sum(tally => tally.Times), tallies.Sum(tally => tally.Calls), tallies.Sum(tally => tally.Unknown));

    private static IEnumerable<Figure> FiguresOf(List<ChaosReport> reports)
    {
        yield return new Figure("rounds", Text(reports.Count));
        yield return new Figure("calls", Text(reports.Sum(report => report.Calls)));
        yield return new Figure("not known (503, broken off)", Text(reports.Sum(report => report.Unknown)));
        yield return new Figure("writes in the store", Text(reports.Sum(report => report.Writes)));
        yield return new Figure("ends confirmed (204, 200)", Text(reports.Sum(report => report.EndsConfirmed)));
        yield return new Figure("ends announced (202)", Text(reports.Sum(report => report.EndsAnnounced)));
        var violations = reports.SelectMany(report => report.Findings).SelectMany(finding => finding.Violations).CountBy(violation => violation.Rule).ToDictionary(StringComparer.Ordinal);
        foreach (var rule in SessionChecking.Rules.AllRules.Rules.Select(rule => rule.GetType().Name))
        {
            var broken = violations.GetValueOrDefault(rule);
            yield return new Figure($"broken {rule}", Text(broken), "0", broken == 0);
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
