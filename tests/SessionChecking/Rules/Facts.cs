using SessionChecking.Histories;
using SessionChecking.Schedules;
using SessionChecking.Workloads;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A history, ordered for the rules.</summary>
internal sealed class Facts
{
    /// <summary>By how much two instances' clocks differ even without skew; nothing is held against anyone for less.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(Schedule.GrainMilliseconds);

    private readonly Dictionary<SessionLocator, List<Sighting>> _sightings = [];

    public Facts(History history)
    {
        History = history;
        Ends = [.. history.Calls.SelectMany(EndPromise.Of)];
        foreach (var sighting in history.Calls.SelectMany(Sighting.Of))
        {
            if (!_sightings.TryGetValue(sighting.Session, out var list))
            {
                list = [];
                _sightings.Add(sighting.Session, list);
            }

            list.Add(sighting);
        }
    }

    public History History { get; }

    public HistoryPlan Plan => History.Plan;

    public IReadOnlyList<Call> Calls => History.Calls;

    public IReadOnlyList<EndPromise> Ends { get; }

    public IEnumerable<Sighting> Sightings => _sightings.Values.SelectMany(list => list);

    /// <summary>The answers that had a session live, in the order their calls began.</summary>
    public IReadOnlyList<Sighting> SightingsOf(SessionLocator session) => _sightings.GetValueOrDefault(session) ?? [];

    /// <summary>The states of a session's row.</summary>
    public IReadOnlyList<RowState> TimelineOf(SessionLocator session) => History.Truth.Timelines.GetValueOrDefault(session) ?? [];

    /// <summary>The states a session's row had at some time between two places in the order.</summary>
    public IEnumerable<RowState> StatesBetween(SessionLocator session, int start, int end)
    {
        var timeline = TimelineOf(session);
        for (var i = 0; i < timeline.Count && timeline[i].Moment < end; i++)
        {
            if (i == timeline.Count - 1 || timeline[i + 1].Moment > start)
            {
                yield return timeline[i];
            }
        }
    }

    /// <summary>Whether the cache lost writes, by a fail-over, between two places in the order.</summary>
    public bool FailedOver(int start, int end) => History.FailOvers.Any(failOver => failOver.Moment > start && failOver.Moment < end);

    /// <summary>Whether a call may still be answered from before an instant that another call's instance has named.</summary>
    public static bool IsBefore(Call call, Call naming, DateTimeOffset instant) =>
        call.StartedByClock < instant + Grain && call.StartedAt + naming.Offset < instant + Grain;

    /// <summary>Whether some revoke-before that began before a place in the order ends a session.</summary>
    public bool IsRevokedBefore(Session row, int end) => Calls.Any(call => call.IsEndOf(row) && call.Start < end);

    /// <summary>Whether a session was live, in its row and by the clock of the call, for the whole of a call.</summary>
    public bool WasLiveThroughout(Call call, SessionLocator session, Func<Session, bool>? isRight = null)
    {
        var states = StatesBetween(session, call.Start, call.End).ToArray();
        return states.Length > 0
            && states[0].Moment < call.Start
            && Array.TrueForAll(states, state => state.Session is { IsEnded: false } row
                && call.EndedByClock < row.IdleExpiresAt
                && !IsRevokedBefore(row, call.End)
                && isRight?.Invoke(row) is not false);
    }

    public string Name(SessionLocator session) => History.Names.Of(session);
}
