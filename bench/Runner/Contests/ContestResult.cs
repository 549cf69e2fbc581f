namespace Bench.Runner.Contests;

/// <summary>The rounds of a contest.</summary>
internal sealed class ContestResult(Contest contest)
{
    private readonly Dictionary<string, List<Measurement>> _rounds =
        contest.Contenders.ToDictionary(contender => contender.Name, _ => new List<Measurement>(), StringComparer.Ordinal);

    public string Name => contest.Name;

    public int Connections => contest.Connections;

    public int Rounds => _rounds[Anchor].Count;

    public string Anchor => contest.Contenders[0].Name;

    public IEnumerable<string> Contenders => contest.Contenders.Select(contender => contender.Name);

    public void Add(string contender, Measurement measurement) => _rounds[contender].Add(measurement);

    public bool Has(string contender) => _rounds.TryGetValue(contender, out var rounds) && rounds.Count > 0;

    public Spread Of(string contender, Metric metric) => Spread.Of(_rounds[contender].Select(round => round[metric]));

    /// <summary>The quotient of two contenders, round by round, so that a drift of the machine cancels out.</summary>
    public Spread Ratio(string contender, string anchor, Metric metric)
        => Spread.Of(_rounds[contender].Zip(_rounds[anchor], (one, other) => one[metric] / other[metric]));

    public long Errors(string contender) => _rounds[contender].Sum(round => round.Errors);

    public string? FirstError(string contender) => _rounds[contender].Select(round => round.FirstError).FirstOrDefault(error => error is not null);
}
