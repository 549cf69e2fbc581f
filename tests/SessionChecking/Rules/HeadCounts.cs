namespace SessionChecking.Rules;

/// <summary>After each write, even if everything stops there, the head says how many live rows its user has; without any there is no head.</summary>
internal sealed class HeadCounts : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var commit in facts.History.Truth.Commits)
        {
            if (commit.HeadCount != (commit.LiveRows == 0 ? null : commit.LiveRows))
            {
                yield return $"#{commit.By?.Number} left a head that says {commit.HeadCount ?? 0} of {commit.LiveRows} live rows of {facts.History.Names.Of(commit.Partition)}";
            }
        }
    }
}
