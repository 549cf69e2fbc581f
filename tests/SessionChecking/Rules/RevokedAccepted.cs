using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// Nothing that begins after an end was acknowledged accepts the session; where the acknowledgement names a time, nothing does that
/// begins later. Without replica acknowledgements a fail-over of the cache may bring an entry back, for its age at the most.
/// </summary>
internal sealed class RevokedAccepted : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts) => facts.Ends.SelectMany(end => Breaches(facts, end));

    /// <summary>The answers that take no notice of an end.</summary>
    /// <param name="facts">The history.</param>
    /// <param name="end">The end.</param>
    /// <param name="entombedAt">The moment from which its tombstone may be lost; by default when the call that promised the end began.</param>
    public static IEnumerable<string> Breaches(Facts facts, EndPromise end, int? entombedAt = null)
    {
        foreach (var sighting in facts.SightingsOf(end.Session).Where(sighting => sighting.Call.IsAfter(end.By)))
        {
            var mayBeLost = facts.Plan.Cache.ReplicaAcks == 0
                && sighting.Source is ReadSource.Cache
                && facts.FailedOver(entombedAt ?? end.By.Start, sighting.Call.End);
            var bound = end.EffectiveBy ?? (mayBeLost ? end.By.EndedByClock + facts.Plan.WorstDelay : null);
            if (bound is not { } by || !Facts.IsBefore(sighting.Call, end.By, by))
            {
                yield return $"{facts.Name(end.Session)} was ended by #{end.By.Number}{(bound is { } then ? $", by {then:HH:mm:ss.fff} at the latest" : "")}, and #{sighting.Call.Number} had it live";
            }
        }
    }
}
