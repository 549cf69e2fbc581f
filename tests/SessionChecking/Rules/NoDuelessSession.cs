using System.Globalization;

namespace SessionChecking.Rules;

/// <summary>From its first instant on a session is in the table of what is due, when its row may go or before, so that the purge comes by.</summary>
internal sealed class NoDuelessSession : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var change in facts.History.Truth.Commits.SelectMany(commit => commit.Changes))
        {
            if (change is { Before: null, After: { } session })
            {
                var end = session.GoesAt.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
                if (!change.DueHours.Any(hour => string.CompareOrdinal(hour, end) <= 0))
                {
                    yield return $"{facts.Name(change.Session)} was inserted with nothing due for it until its end";
                }
            }
        }

        foreach (var (session, timeline) in facts.History.Truth.Timelines)
        {
            if (timeline[^1].IsLive && facts.History.Truth.DueHoursOf(session).Count == 0)
            {
                yield return $"{facts.Name(session)} is left with nothing due for it";
            }
        }
    }
}
