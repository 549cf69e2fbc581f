using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A key answers at most one live session: no two that it has answered with are live at the same time.</summary>
internal sealed class OneLiveSessionPerKey : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var key in KeyFacts.Of(facts))
        {
            // Of a move both rows are live for a while, and nobody has been told of the second.
            foreach (var (session, since) in key.Sessions)
            {
                var other = key.Sessions.FirstOrDefault(it => it.Key != session && it.Value <= since && IsLiveAt(facts, it.Key, since)).Key;
                if (other != default && IsLiveAt(facts, session, since))
                {
                    yield return $"{key.Key} had {facts.Name(session)} while it had {facts.Name(other)}";
                }
            }
        }
    }

    // An ended session stays ended, so the last state before decides.
    private static bool IsLiveAt(Facts facts, SessionLocator session, int moment) =>
        facts.TimelineOf(session).LastOrDefault(state => state.Moment <= moment)?.IsLive is true;
}
