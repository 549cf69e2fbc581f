using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// A count from the table is right at some instant of the call. One from the cache is right at some instant within the age of
/// an entry, knows what the same client has created and ended before, and what anybody has ended for certain.
/// </summary>
internal sealed class CountRight : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call is not { Kind: CallKind.Count, Answer: SessionCount count })
            {
                continue;
            }

            var isCached = count.Source is ReadSource.Cache;
            var since = isCached ? MomentBefore(facts, call) : call.Start;
            var least = LivePeriod.Throughout(facts, call).Count(session => !isCached || MustBeKnown(facts, call, session, since));
            var most = LivePeriod.AtSomeTime(facts, call, since).Count(session => !isCached || !MustBeKnownEnded(facts, call, session));
            if (count.Count < least || count.Count > most)
            {
                yield return $"#{call.Number} counts {count.Count}, where there were {least} at least and {most} at most";
            }
        }
    }

    private static int MomentBefore(Facts facts, Call call)
    {
        var oldest = call.StartedAt - facts.Plan.WorstDelay - Facts.Grain;
        var first = facts.History.Truth.Commits.FirstOrDefault(commit => commit.At >= oldest);
        return Math.Min(call.Start, first?.Moment ?? call.Start) - 1;
    }

    private static bool MustBeKnown(Facts facts, Call call, SessionLocator session, int since)
    {
        if (WasLapsed(facts, call, session, since))
        {
            return false;
        }

        var created = facts.TimelineOf(session)[0];
        return created.Moment <= since || (created.By is { IsAnswered: true } by && by.Client == call.Client && call.IsAfter(by) && !facts.FailedOver(by.Start, call.End));
    }

    // A touch that was on its way when the session lapsed has made it live again: in between, a count without it was right.
    private static bool WasLapsed(Facts facts, Call call, SessionLocator session, int since)
    {
        var states = facts.StatesBetween(session, since, call.End).ToArray();
        return states.Index().Any(state =>
        {
            var until = state.Index + 1 < states.Length ? states[state.Index + 1].At : call.EndedAt;
            return state.Item.Session?.IdleExpiresAt <= until + facts.Plan.Cache.ClockSkew + Facts.Grain;
        });
    }

    private static bool MustBeKnownEnded(Facts facts, Call call, SessionLocator session) => facts.Ends.Any(end =>
        end.Session == session
        && call.IsAfter(end.By)
        && (end.EffectiveBy is null || end.By.Client == call.Client)
        && !facts.FailedOver(end.By.Start, call.End));
}
