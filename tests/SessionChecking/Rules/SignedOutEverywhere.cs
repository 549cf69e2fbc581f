using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// After a sign-out everywhere none of the user's earlier sessions is accepted, including those ended by other calls.
/// </summary>
internal sealed class SignedOutEverywhere : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls.Where(call => call.Kind is CallKind.RevokeAll))
        {
            if (call.Answer is not Revocation revocation)
            {
                continue;
            }

            var known = facts.Sightings
                .Where(sighting => call.IsAfter(sighting.Call) && sighting.Session.Partition == call.Partition && sighting.Session != call.Session)
                .Select(sighting => sighting.Session)
                .Distinct();
            foreach (var breach in known.SelectMany(session => RevokedAccepted.Breaches(facts, new EndPromise(session, call, revocation.EffectiveBy))))
            {
                yield return breach;
            }
        }
    }
}
