using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// After the session of a key was ended before its time, no save on the key is answered with success while the end is known, however late
/// it comes; and no session that the key has answered with is live again.
/// </summary>
internal sealed class NoSaveRevives : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts) => KeyFacts.Of(facts).SelectMany(key =>
        SavedAfterAnEnd(facts, key).Concat(SavedAfterAnInstant(facts, key)).Concat(LiveAfterItsRevocation(facts, key)));

    private static IEnumerable<string> SavedAfterAnEnd(Facts facts, KeyFacts key)
    {
        foreach (var session in key.Sessions.Keys)
        {
            if (facts.TimelineOf(session).FirstOrDefault(state => IsBeforeItsTime(state.Session?.EndReason)) is not { } end)
            {
                continue;
            }

            foreach (var save in key.Calls.Where(call => KeyFacts.IsSaved(call) && call.Start > end.Moment && IsKnown(facts, end.At, call)))
            {
                yield return $"#{end.By?.Number} ended {facts.Name(session)} of {key.Key} ({end.Session!.EndReason}), and #{save.Number} saved later";
            }

            foreach (var next in key.Sessions.Keys.Where(next => facts.TimelineOf(next) is [var begun, ..] && begun.Moment > end.Moment))
            {
                yield return $"#{end.By?.Number} ended {facts.Name(session)} of {key.Key}, and {facts.Name(next)} began later";
            }
        }
    }

    // From the time that was answered on the instant counts everywhere; until then another instance may still find that the session lapsed.
    private static IEnumerable<string> SavedAfterAnInstant(Facts facts, KeyFacts key)
    {
        foreach (var call in facts.Calls)
        {
            if (call is not { Instant: not null, Answer: DateTimeOffset effectiveBy })
            {
                continue;
            }

            foreach (var session in key.Sessions.Where(it => it.Value < call.Start && WasEnded(facts, call, it.Key)).Select(it => it.Key))
            {
                foreach (var save in key.Calls.Where(it => KeyFacts.IsSaved(it) && it.IsAfter(call) && !Facts.IsBefore(it, call, effectiveBy) && IsKnown(facts, call.EndedAt, it)))
                {
                    yield return $"#{call.Number} ended {facts.Name(session)} of {key.Key}, by {effectiveBy:HH:mm:ss.fff} at the latest, and #{save.Number} saved later";
                }
            }
        }
    }

    private static IEnumerable<string> LiveAfterItsRevocation(Facts facts, KeyFacts key)
    {
        foreach (var call in key.Calls)
        {
            if (call is { Kind: CallKind.KeyedRevoke, Answer: Revocation { Found: true } revocation })
            {
                foreach (var breach in key.Sessions.Where(it => it.Value < call.Start)
                    .SelectMany(it => RevokedAccepted.Breaches(facts, new EndPromise(it.Key, call, revocation.EffectiveBy), EntombedAt(facts, it.Key, call))))
                {
                    yield return breach;
                }
            }
        }
    }

    // A session that the key has left has had its tombstone since, and the end of the key writes none for it again.
    private static int EntombedAt(Facts facts, SessionLocator session, Call revocation) =>
        Math.Min(revocation.Start, facts.TimelineOf(session).FirstOrDefault(state => state.Session is { IsEnded: true })?.Moment ?? revocation.Start);

    private static bool WasEnded(Facts facts, Call call, SessionLocator session)
    {
        var timeline = facts.TimelineOf(session);
        return timeline.LastOrDefault(state => state.Moment < call.End) is { Session: { IsEnded: false } row } last
            && call.IsEndOf(row)
            && row.IdleExpiresAt > last.At
            && !HasLapsed(timeline);
    }

    // A copy of the session may have lapsed in its place, and counts as the session.
    private static bool HasLapsed(IReadOnlyList<RowState> timeline) =>
        timeline.Any(state => state.Session is { EndReason: EndReasons.IdleTimeout or EndReasons.AbsoluteLifetime });

    private static bool IsKnown(Facts facts, DateTimeOffset endedAt, Call save) =>
        save.EndedAt < endedAt + facts.Plan.Policy.Retention - facts.Plan.Cache.ClockSkew - Facts.Grain;

    private static bool IsBeforeItsTime(string? reason) => reason is not (null
        or EndReasons.IdleTimeout or EndReasons.AbsoluteLifetime or EndReasons.Abandoned or EndReasons.Upgraded);
}
