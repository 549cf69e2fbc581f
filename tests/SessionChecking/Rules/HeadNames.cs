namespace SessionChecking.Rules;

/// <summary>After each write, even if everything stops there, the head names exactly the live rows of its user.</summary>
internal sealed class HeadNames : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var commit in facts.History.Truth.Commits)
        {
            if (!commit.IsNamed)
            {
                yield return $"#{commit.By?.Number} left a head that does not name the {commit.LiveRows} live rows of {facts.History.Names.Of(commit.Partition)}";
            }
        }
    }
}
