using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// The versions that one client sees of a session never decrease once the write it has seen is acknowledged; and an answer from the
/// table, as
/// every strong one is, is never behind the row as it was when the call began.
/// </summary>
internal sealed class MonotonicVersions : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        var confirmed = AcknowledgedWrite.Of(facts).Where(write => write.IsConfirmed).ToArray();
        foreach (var sighting in facts.Sightings)
        {
            if (sighting.Source is ReadSource.Table)
            {
                var current = facts.TimelineOf(sighting.Session).LastOrDefault(state => state.Moment < sighting.Call.Start);
                if (current?.Session?.Version > sighting.Live.Version)
                {
                    yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} in version {sighting.Live.Version} from the table, where version {current.Session.Version} was";
                }
            }

            var seen = facts.SightingsOf(sighting.Session)
                .Where(earlier => earlier.Call.Client == sighting.Call.Client && sighting.Call.IsAfter(earlier.Call))
                .Max(earlier => (long?)earlier.Live.Version);
            if (seen > sighting.Live.Version && confirmed.Any(write => write.Version <= seen && write.IsMissedBy(facts, sighting)))
            {
                yield return $"client {sighting.Call.Client} had {facts.Name(sighting.Session)} in version {seen}, and then, by #{sighting.Call.Number}, in version {sighting.Live.Version}";
            }
        }
    }
}
