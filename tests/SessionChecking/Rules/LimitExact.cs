using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A user never has more sessions than allowed, and neither is one refused nor one evicted while there is room.</summary>
internal sealed class LimitExact : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        var limit = facts.Plan.Policy.MaxSessionsPerUser;
        foreach (var commit in facts.History.Truth.Commits)
        {
            if (commit.LiveRows > limit)
            {
                yield return $"#{commit.By?.Number} made {commit.LiveRows} sessions of {facts.History.Names.Of(commit.Partition)}";
            }

            var evicted = commit.Changes.Count(change => change is { Before.IsEnded: false, After.EndReason: EndReasons.Evicted });
            if (evicted > 0 && commit.LiveRows < limit)
            {
                yield return $"#{commit.By?.Number} evicted {evicted} sessions of {facts.History.Names.Of(commit.Partition)} and left {commit.LiveRows}";
            }
        }

        foreach (var call in facts.Calls.Where(call => call.Answer is Creation { Outcome: CreationOutcome.LimitReached } or Rotation { Outcome: RotationOutcome.LimitReached } or KeyedChange { Outcome: KeyedOutcome.LimitReached }))
        {
            var most = LivePeriod.AtSomeTime(facts, call, call.Start).Count();
            if (most < limit)
            {
                yield return $"#{call.Number} was refused although there were {most} sessions at most";
            }
        }
    }
}
