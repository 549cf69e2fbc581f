namespace SessionChaos.Load;

/// <summary>What came of a load.</summary>
/// <param name="Sent">The requests.</param>
/// <param name="Elapsed">How long they were sent.</param>
/// <param name="Answers">What came of each, and how long it took.</param>
internal sealed record PacedResult(long Sent, TimeSpan Elapsed, IReadOnlyList<(PacedAnswer Answer, TimeSpan Took)> Answers)
{
    public double Rate => Sent / Elapsed.TotalSeconds;

    public int Count(PacedAnswer answer) => Answers.Count(one => one.Answer == answer);

    /// <summary>The share of requests that were answered in time, by one of some answers.</summary>
    public double ShareWithin(TimeSpan limit, params ReadOnlySpan<PacedAnswer> answers)
    {
        var counted = 0;
        foreach (var (answer, took) in Answers)
        {
            counted += answers.Contains(answer) && took <= limit ? 1 : 0;
        }

        return (double)counted / Sent;
    }

    public TimeSpan Percentile(double share) => Answers.Select(one => one.Took).Order().ElementAt((int)(share * (Answers.Count - 1)));
}
