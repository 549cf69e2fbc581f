using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>Acknowledged write.</summary>
/// <param name="Call">The call.</param>
/// <param name="Session">What it wrote.</param>
/// <param name="Version">The version it made.</param>
/// <param name="IsConfirmed">Whether the cache took part, so that it counts everywhere.</param>
internal sealed record AcknowledgedWrite(Call Call, SessionLocator Session, long Version, bool IsConfirmed)
{
    public static IEnumerable<AcknowledgedWrite> Of(Facts facts) => facts.Sightings
        .Where(sighting => facts.TimelineOf(sighting.Session).Any(state => state.By == sighting.Call && state.Session?.Version == sighting.Live.Version))
        .Select(sighting => new AcknowledgedWrite(sighting.Call, sighting.Session, sighting.Live.Version, !sighting.Degraded));

    /// <summary>Whether an answer is from before this write although it was asked for after it.</summary>
    public bool IsMissedBy(Facts facts, Sighting sighting) =>
        sighting.Session == Session
        && sighting.Live.Version < Version
        && sighting.Call.IsAfter(Call)
        && !(sighting.Source is ReadSource.Cache && facts.FailedOver(Call.Start, sighting.Call.End));
}
