using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;

namespace SessionCore.Operations;

/// <summary>Room for a new session of a user at the limit: lapsed sessions are ended first, then live ones by the policy.</summary>
internal sealed class SessionRoom(
    UserRowsReader userRows, SessionCache cache, RevocationEpoch epoch, Outbox outbox, TimeProvider timeProvider, SessionPolicy policy)
{
    // With the event of each, head and session and its event, they fit one transaction.
    private const int MaxEndingsWithEvents = 48;

    /// <summary>Makes room for a session.</summary>
    /// <param name="head">The user's head as it was read, which also lists lapsed sessions.</param>
    /// <param name="wanted">The new session.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null when there is none: the policy is to refuse, or the session exists already and needs none.</returns>
    public async ValueTask<Room?> MakeAsync(UserHead head, SessionLocator wanted, CancellationToken cancellationToken)
    {
        var limit = policy.ForAll.MaxSessionsPerUser;
        if (head.Live.Count < limit)
        {
            return new Room(head, [], [], IsEnough: true);
        }

        var rows = await userRows.ReadLiveAsync(head.Partition, withContent: false, cancellationToken);
        if (rows.Sessions.Any(session => session.Locator == wanted))
        {
            return null;
        }

        // To deny is to say that the others are live, so the instant before which none is has to be certain.
        var denies = policy.ForAll.WhenLimitReached is LimitPolicy.Deny;
        var revokedBefore = await epoch.GetAsync(certain: denies, cancellationToken);
        var now = timeProvider.GetSessionTime();
        var known = rows.Sessions.ToLookup(session => session.EndAt(now, revokedBefore));
        var live = known[null].ToArray();
        var excess = live.Length - limit + 1;
        if (excess > 0 && denies)
        {
            return null;
        }

        var lapsed = known.Where(group => group.Key is not null).SelectMany(group => group.Select(session => End(session, group.Key!.Value.Reason, group.Key.Value.At)));
        var evicted = (policy.ForAll.WhenLimitReached is LimitPolicy.EvictLeastRecentlyUsed
                ? live.OrderBy(session => session.LastSeenAt)
                : live.OrderBy(session => session.CreatedAt))
            .ThenBy(session => session.Locator.Id)
            .Take(Math.Max(0, excess))
            .Select(session => End(session, EndReasons.Evicted, now));
        return RoomOf(head, rows.Sessions, [.. lapsed, .. evicted], now);
    }

    // The rows of ended sessions stay, so that a repeated creation finds its session.
    private Room RoomOf(UserHead head, IReadOnlyList<Session> sessions, Session[] endings, DateTimeOffset now)
    {
        Session[] some = outbox.IsOn ? [.. endings.Take(MaxEndingsWithEvents)] : endings;
        Session[] evicted = [.. some.Where(session => session.EndReason == EndReasons.Evicted)];
        var gone = some.Select(session => session.Locator.Id).Except(evicted.Select(session => session.Locator.Id)).ToHashSet();
        var named = head.Naming([.. sessions.Select(session => session.Locator.Id).Where(id => !gone.Contains(id))])
            .Ended([.. evicted.Select(session => session.Locator.Id)], now, now - cache.LatelyTime);
        return new Room(named, some, [.. evicted.Select(session => EndedSession.From(session, EndReasons.Evicted, now))], some.Length == endings.Length);
    }

    private static Session End(Session session, string reason, DateTimeOffset at) =>
        session.EndedWith(reason, at) with { Operation = OperationId.New() };
}

/// <summary>Room for a session.</summary>
/// <param name="Head">The user's head without the sessions that make room.</param>
/// <param name="Endings">The sessions that make room, in the state after their end.</param>
/// <param name="Evicted">Those of them that have not lapsed.</param>
/// <param name="IsEnough">Whether there is room once they have ended; if not, more are to end.</param>
internal sealed record Room(UserHead Head, IReadOnlyList<Session> Endings, IReadOnlyList<EndedSession> Evicted, bool IsEnough);
