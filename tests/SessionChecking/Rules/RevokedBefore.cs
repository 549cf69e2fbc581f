namespace SessionChecking.Rules;

/// <summary>After a revoke-before no session created before its instant is accepted, nor a keyed one of the client whose keys it ends, at the latest from the time that was answered.</summary>
internal sealed class RevokedBefore : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call is not { Instant: { } instant, Answer: DateTimeOffset effectiveBy })
            {
                continue;
            }

            foreach (var sighting in facts.Sightings.Where(sighting => sighting.Call.IsAfter(call) && sighting.Live.CreatedAt < instant && facts.TimelineOf(sighting.Session) is [{ Session: { } row }, ..] && call.IsEndOf(row)))
            {
                if (!Facts.IsBefore(sighting.Call, call, effectiveBy))
                {
                    yield return $"#{call.Number} ended what was created before {instant:HH:mm:ss.fff}, by {effectiveBy:HH:mm:ss.fff} at the latest, and #{sighting.Call.Number} had {facts.Name(sighting.Session)} live, created {sighting.Live.CreatedAt:HH:mm:ss.fff}";
                }
            }
        }
    }
}
