namespace SessionChecking.Rules;

/// <summary>
/// A client sees its own acknowledged writes in every later answer of its instance, whether the cache confirmed them or not. Only
/// a fail-over of the cache to a replica that is behind may hide one, for the age of an entry.
/// </summary>
internal sealed class ReadYourWrites : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var write in AcknowledgedWrite.Of(facts))
        {
            foreach (var sighting in facts.SightingsOf(write.Session))
            {
                if (sighting.Call.Client == write.Call.Client && write.IsMissedBy(facts, sighting))
                {
                    yield return $"#{write.Call.Number} wrote version {write.Version} of {facts.Name(write.Session)}, and the same client's #{sighting.Call.Number} had version {sighting.Live.Version}";
                }
            }
        }
    }
}
