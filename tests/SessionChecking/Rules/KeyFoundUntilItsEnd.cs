using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// A key that answered 201 is found until it ends: no call that begins later misses a session of the key that is live for the whole of it.
/// </summary>
internal sealed class KeyFoundUntilItsEnd : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var key in KeyFacts.Of(facts))
        {
            foreach (var call in key.Calls.Where(call => call.IsAnswered))
            {
                foreach (var session in key.Sessions.Where(it => it.Value < call.Start && Misses(call, it.Key) && facts.WasLiveThroughout(call, it.Key) && !MayBeFromBefore(facts, key, call)).Select(it => it.Key))
                {
                    yield return $"#{call.Number} missed {facts.Name(session)}, which {key.Key} had been answered with and which was live all the time";
                }
            }
        }
    }

    // Where the cache did not confirm a move to the user, or lost what it had confirmed, the session from before may be found for the age of an entry.
    private static bool MayBeFromBefore(Facts facts, KeyFacts key, Call call) =>
        call.Answer is SessionReading { Source: ReadSource.Cache, Live: { } former }
        && key.Sessions.ContainsKey(former.Id.Locator)
        && facts.TimelineOf(former.Id.Locator).FirstOrDefault(state => state.Session?.EndReason == EndReasons.Upgraded) is { By: { } mover } moved
        && call.StartedAt <= moved.At + facts.Plan.WorstDelay + Facts.Grain
        && (mover.Answer is not KeyedChange { Degraded: false } || !call.IsAfter(mover) || facts.FailedOver(mover.Start, call.End));

    private static bool Misses(Call call, SessionLocator session) => call.Answer switch
    {
        SessionReading reading => reading.Live?.Id.Locator != session,
        Revocation revocation => !revocation.Found,
        KeyedChange { Outcome: KeyedOutcome.Unknown or KeyedOutcome.Ended or KeyedOutcome.Created } => true,
        KeyedChange { Outcome: KeyedOutcome.Changed } change => change.Session?.Id.Locator != session,
        KeyedChange { Outcome: KeyedOutcome.VersionMismatch } change => change.CurrentVersion is null,
        _ => false,
    };
}
