using Bench.Runner.Contests;

namespace Bench.Runner.Bars;

/// <summary>Holds results against the bars.</summary>
internal static class Judge
{
    /// <summary>The widest that an anchor's rounds may lie apart, as a share of their median.</summary>
    public const double WidestAnchor = 0.15;

    public static IEnumerable<Verdict> Of(IEnumerable<Bar> bars, IReadOnlyCollection<ContestResult> contests, IReadOnlyCollection<ProbeResult> probes)
        => bars.Select(bar => Of(bar, contests, probes));

    /// <summary>Whether the anchors of all bars on a contest are steady enough to judge by.</summary>
    public static bool CanJudge(IEnumerable<Bar> bars, ContestResult contest)
        => bars.Where(bar => bar.From == contest.Name).All(bar => IsSteady(bar, contest));

    private static bool IsSteady(Bar bar, ContestResult contest)
        => bar.Against is null || !contest.Has(bar.Against) || contest.Of(bar.Against, bar.Metric).Width <= WidestAnchor;

    private static Verdict Of(Bar bar, IReadOnlyCollection<ContestResult> contests, IReadOnlyCollection<ProbeResult> probes)
    {
        if (probes.FirstOrDefault(probe => probe.Name == bar.From)?.Figures.FirstOrDefault(figure => figure.Name == bar.Who) is { } figure)
        {
            return Weigh(bar, Spread.Of(figure.Value));
        }

        var contest = contests.FirstOrDefault(result => result.Name == bar.From);
        if (contest is null || !contest.Has(bar.Who) || (bar.Against is not null && !contest.Has(bar.Against)))
        {
            return new Verdict(bar, null, Standing.NotMeasured);
        }

        var spread = bar.Against is null ? contest.Of(bar.Who, bar.Metric) : contest.Ratio(bar.Who, bar.Against, bar.Metric);
        if (contest.Errors(bar.Who) > 0)
        {
            return new Verdict(bar, spread, Standing.HadErrors);
        }

        return IsSteady(bar, contest) ? Weigh(bar, spread) : new Verdict(bar, spread, Standing.AnchorUnsteady);
    }

    private static Verdict Weigh(Bar bar, Spread figure)
    {
        if (bar.Holds(figure.Median, bar.Goal))
        {
            return new Verdict(bar, figure, Standing.Goal);
        }

        return new Verdict(bar, figure, bar.Holds(figure.Median, bar.Must) ? Standing.Met : Standing.Missed);
    }
}
