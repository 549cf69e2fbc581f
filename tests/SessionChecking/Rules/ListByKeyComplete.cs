using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// A list of ended sessions has every session that had ended for the whole of the call; one of all sessions has every session that had a
/// row for the whole of it. Neither has a session twice, tells live what was not live then, or ended what had not ended.
/// </summary>
internal sealed class ListByKeyComplete : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call is not { Kind: CallKind.ListEnded or CallKind.ListAll, Answer: SessionPage page })
            {
                continue;
            }

            var live = page.Sessions.Select(reading => reading.Live?.Id.Locator).OfType<SessionLocator>().ToArray();
            var ended = page.Sessions.Select(reading => reading.Ended?.Id.Locator).OfType<SessionLocator>().ToArray();
            var listed = live.Concat(ended).ToArray();
            var mayBeLive = call.Kind is CallKind.ListAll ? LivePeriod.AtSomeTime(facts, call, call.Start) : [];
            SessionLocator[] wrong = [.. live.Except(mayBeLive), .. ended.Where(session => !MayHaveEnded(facts, call, session))];
            var missed = LivePeriod.SessionsOf(facts, call).Where(session => MustBeListed(facts, call, session)).Except(listed).ToArray();
            if (wrong.Length > 0 || missed.Length > 0 || listed.Distinct().Count() < listed.Length)
            {
                yield return $"#{call.Number} lists live [{Names(facts, live)}] and ended [{Names(facts, ended)}], lacks [{Names(facts, missed)}] and is wrong about [{Names(facts, wrong)}]";
            }
        }
    }

    private static bool MustBeListed(Facts facts, Call call, SessionLocator session)
    {
        var states = facts.StatesBetween(session, call.Start, call.End).ToArray();
        return states.Length > 0
            && states[0].Moment < call.Start
            && Array.TrueForAll(states, state => state.Session is { } row
                && (call.Kind is CallKind.ListAll || row.IsEnded || row.IdleExpiresAt <= call.StartedByClock));
    }

    private static bool MayHaveEnded(Facts facts, Call call, SessionLocator session) => facts.StatesBetween(session, call.Start, call.End).Any(state =>
        state.Session is { } row && (row.IsEnded || row.IdleExpiresAt <= call.EndedByClock || facts.IsRevokedBefore(row, call.End)));

    private static string Names(Facts facts, IEnumerable<SessionLocator> sessions) => string.Join(' ', sessions.Select(facts.Name));
}
