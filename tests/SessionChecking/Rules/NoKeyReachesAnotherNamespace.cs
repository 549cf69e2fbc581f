using SessionChecking.Histories;

namespace SessionChecking.Rules;

/// <summary>No key reaches another namespace: what a client finds under a key it has saved itself, and what it ends is its own.</summary>
internal sealed class NoKeyReachesAnotherNamespace : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var sighting in facts.Sightings)
        {
            if (sighting.Call.Named is { } key && !DataModel.Read(sighting.Live.DataJson).Contains($"by={key.Service}"))
            {
                yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} by {key}, whose data another client has saved";
            }
        }

        foreach (var (session, timeline) in facts.History.Truth.Timelines)
        {
            foreach (var state in timeline.Where(state => state is { Session.IsEnded: true, By: { Kind: CallKind.KeyedRevoke, Named: { } key } } && state.Session.Client != key.Service))
            {
                yield return $"#{state.By!.Number} ended {facts.Name(session)} of {state.Session!.Client} by {state.By.Named}";
            }
        }
    }
}
