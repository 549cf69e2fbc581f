namespace SessionChecking.Rules;

/// <summary>
/// A write that was acknowledged and not called degraded is seen by everybody, at every instance. A degraded one may be missed by other
/// instances for the age of an entry and the skew of clocks, which <see cref="OlderThanMaxAge"/> checks.
/// </summary>
internal sealed class AcknowledgedWriteSeen : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var write in AcknowledgedWrite.Of(facts).Where(write => write.IsConfirmed))
        {
            foreach (var sighting in facts.SightingsOf(write.Session).Where(sighting => write.IsMissedBy(facts, sighting)))
            {
                yield return $"#{write.Call.Number} wrote version {write.Version} of {facts.Name(write.Session)}, and #{sighting.Call.Number} had version {sighting.Live.Version}";
            }
        }
    }
}
