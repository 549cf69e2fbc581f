using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// A version is one state: each write makes the next version, and every answer with a version has the state written then.
/// </summary>
internal sealed class OneStatePerVersion : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var (session, timeline) in facts.History.Truth.Timelines)
        {
            for (var i = 1; i < timeline.Count; i++)
            {
                if (timeline[i].Session is { } after && timeline[i - 1].Session is { } before && after.Version != before.Version + 1)
                {
                    yield return $"#{timeline[i].By?.Number} made version {after.Version} of {facts.Name(session)} out of {before.Version}";
                }
            }
        }

        foreach (var sighting in facts.Sightings)
        {
            var written = facts.TimelineOf(sighting.Session)
                .FirstOrDefault(state => state.Moment < sighting.Call.End && state.Session?.Version == sighting.Live.Version);
            if (written is null || !IsSame(written, sighting.Live))
            {
                yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} in version {sighting.Live.Version} as nobody had written it";
            }
        }
    }

    private static bool IsSame(RowState state, LiveSession live) => state.Session is { IsEnded: false } row
        && row.CreatedAt == live.CreatedAt
        && row.LastSeenAt == live.LastSeenAt
        && row.IdleExpiresAt == live.IdleExpiresAt
        && row.AbsoluteExpiresAt == live.AbsoluteExpiresAt
        && row.DataVersion == live.DataVersion
        && row.AssuranceLevel == live.AssuranceLevel
        && row.UserId is null == live.IsAnonymous
        && row.Secret.Current.Matches(live.CurrentSecret);
}
