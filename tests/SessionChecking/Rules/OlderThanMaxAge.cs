namespace SessionChecking.Rules;

/// <summary>No answer has a state that was overwritten longer ago than the age of an entry plus the clock skew.</summary>
internal sealed class OlderThanMaxAge : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        var longest = facts.Plan.WorstDelay + Facts.Grain;
        foreach (var sighting in facts.Sightings)
        {
            var later = facts.TimelineOf(sighting.Session).FirstOrDefault(state => state.Session is null || state.Session.Version > sighting.Live.Version);
            if (later is not null && sighting.Call.StartedAt > later.At + longest)
            {
                yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} in version {sighting.Live.Version}, which had been overwritten {(sighting.Call.StartedAt - later.At).TotalSeconds:0.000}s before it began";
            }
        }
    }
}
