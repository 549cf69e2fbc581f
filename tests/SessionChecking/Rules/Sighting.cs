using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A call that was answered with a live session.</summary>
/// <param name="Call">The call.</param>
/// <param name="Live">The session as answered.</param>
/// <param name="Source">The source of a read; the table for every write.</param>
/// <param name="Degraded">Whether the answer said that the cache had not taken part as it should.</param>
internal sealed record Sighting(Call Call, LiveSession Live, ReadSource Source, bool Degraded)
{
    public SessionLocator Session => Live.Id.Locator;

    /// <summary>All sightings of one answer.</summary>
    public static IEnumerable<Sighting> Of(Call call)
    {
        switch (call.Answer)
        {
            case Creation { Session.Live: { } live }:
                yield return new Sighting(call, live, ReadSource.Table, Degraded: false);
                break;
            case SessionReading { Live: { } live } reading when live != call.Basis:
                yield return new Sighting(call, live, reading.Source, reading.Degraded);
                break;
            case KeyedChange { Session: { } live } change:
                yield return new Sighting(call, live, ReadSource.Table, change.Degraded);
                break;
            case Change { Session: { } live } change:
                yield return new Sighting(call, live, ReadSource.Table, change.Degraded);
                break;
            case Rotation { Session: { } live } rotation:
                yield return new Sighting(call, live, ReadSource.Table, rotation.Degraded);
                break;
            case SessionPage page:
                foreach (var live in page.Sessions.Select(reading => reading.Live).OfType<LiveSession>())
                {
                    yield return new Sighting(call, live, ReadSource.Table, Degraded: false);
                }

                break;
            default:
                break;
        }
    }
}
