using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A row that has ended never becomes live again, one that is gone never comes back, and none goes before its time.</summary>
internal sealed class EndedIsFinal : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var (session, timeline) in facts.History.Truth.Timelines)
        {
            for (var i = 1; i < timeline.Count; i++)
            {
                var before = timeline[i - 1];
                var after = timeline[i];
                if (before.Session is null && HoldsAPlace(after.Session))
                {
                    continue;
                }

                if (before.Session is null || (before.Session.IsEnded && after.IsLive))
                {
                    yield return $"#{after.By?.Number} brought {facts.Name(session)} back";
                }
                else if (after.Session is null && before.IsLive && !facts.IsRevokedBefore(before.Session, after.Moment) && before.Session.IdleExpiresAt > after.At + facts.Plan.Cache.ClockSkew + Facts.Grain)
                {
                    yield return $"#{after.By?.Number} deleted {facts.Name(session)} at {after.At:HH:mm:ss.fff}, which was live until {before.Session.IdleExpiresAt:HH:mm:ss.fff}";
                }
                else if (after.Session is null && before.Session is { IsEnded: true } ended && ended.EndedAt + facts.Plan.Policy.Retention > after.At + facts.Plan.Cache.ClockSkew + Facts.Grain)
                {
                    yield return $"#{after.By?.Number} deleted {facts.Name(session)} at {after.At:HH:mm:ss.fff}, which had ended at {ended.EndedAt:HH:mm:ss.fff} and should be known for its retention";
                }
            }
        }
    }

    // Where the session of a key may still be on its way, one that has ended is put in its place.
    private static bool HoldsAPlace(Session? after) => after is { IsEnded: true, EndReason: EndReasons.Abandoned };
}
