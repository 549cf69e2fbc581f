using System.Globalization;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// From its first instant on a session is in the table of what is due, when its row may go or before, so that the purge comes by. Only
/// what comes so late that it has lapsed by more than the purge's grace may find its entry gone: the rebuild of indexes sees to that.
/// </summary>
internal sealed class NoDuelessSession : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var (commit, change) in facts.History.Truth.Commits.SelectMany(commit => commit.Changes, (commit, change) => (commit, change)))
        {
            if (change is { Before: null, After: { } session } && !CameTooLate(facts, session, commit.At))
            {
                var end = GoesAt(facts, session).UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
                if (!change.DueHours.Any(hour => string.CompareOrdinal(hour, end) <= 0))
                {
                    yield return $"{facts.Name(change.Session)} was inserted with nothing due for it until its end";
                }
            }
        }

        foreach (var (session, timeline) in facts.History.Truth.Timelines)
        {
            if (timeline[^1].IsLive && !CameTooLate(facts, timeline[0].Session, timeline[0].At) && facts.History.Truth.DueHoursOf(session).Count == 0)
            {
                yield return $"{facts.Name(session)} is left with nothing due for it";
            }
        }
    }

    // One that has ended when it is inserted holds the place of a session that never came.
    private static DateTimeOffset GoesAt(Facts facts, Session session) =>
        session is { IsEnded: true, EndedAt: { } endedAt } ? endedAt + facts.Plan.Policy.Retention : session.GoesAt;

    private static bool CameTooLate(Facts facts, Session? session, DateTimeOffset at) =>
        session is not null && at + facts.Plan.Cache.ClockSkew + Facts.Grain > session.GoesAt + facts.Plan.Grace;
}
