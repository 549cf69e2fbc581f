namespace SessionChecking.Rules;

/// <summary>By the clock of the instance that is asked, no session is live at the first instant of its idle or absolute end, or later.</summary>
internal sealed class AcceptedAfterItsEnd : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var (call, live, _, _) in facts.Sightings)
        {
            if (call.StartedByClock >= live.IdleExpiresAt || call.StartedByClock >= live.AbsoluteExpiresAt)
            {
                yield return $"#{call.Number} began at {call.StartedByClock:HH:mm:ss.fff} and had {facts.Name(live.Id.Locator)} live, whose ends are {live.IdleExpiresAt:HH:mm:ss.fff} and {live.AbsoluteExpiresAt:HH:mm:ss.fff}";
            }
        }
    }
}
