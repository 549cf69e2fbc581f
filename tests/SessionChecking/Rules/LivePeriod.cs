using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>When a session was live, for calls that look at all sessions of a user.</summary>
internal static class LivePeriod
{
    /// <summary>The user's sessions that were live for the whole of a call: those it cannot miss.</summary>
    public static IEnumerable<SessionLocator> Throughout(Facts facts, Call call) => SessionsOf(facts, call)
        .Where(session =>
        {
            var states = facts.StatesBetween(session, call.Start, call.End).ToArray();
            return states.Length > 0
                && states[0].Moment < call.Start
                && Array.TrueForAll(states, state => state.IsLive && state.Session!.IdleExpiresAt > call.EndedByClock && !facts.IsRevokedBefore(state.Session, call.End));
        });

    /// <summary>The user's sessions that were live at some time from a place in the order to the end of a call: those it may have found.</summary>
    public static IEnumerable<SessionLocator> AtSomeTime(Facts facts, Call call, int since) => SessionsOf(facts, call)
        .Where(session => facts.StatesBetween(session, since, call.End).Any(state => state.IsLive && state.Session!.IdleExpiresAt > call.StartedByClock));

    /// <summary>The sessions of the user that a call names.</summary>
    public static IEnumerable<SessionLocator> SessionsOf(Facts facts, Call call) =>
        facts.History.Truth.Timelines.Keys.Where(session => session.Partition == call.Partition);
}
