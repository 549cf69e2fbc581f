using Microsoft.Extensions.Logging;
using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>
/// Revocation: ends sessions in the table, then writes tombstones to Redis. If Redis does not confirm, the result has the instant by
/// which the end is effective everywhere.
/// </summary>
internal sealed partial class SessionRevocation(
    SessionTable table,
    UserRowsReader userRows,
    SessionCache cache,
    LocalSessions local,
    TombstoneRetry tombstones,
    RevocationEpoch epoch,
    Outbox outbox,
    KeyedLock locks,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    ILogger<SessionRevocation> logger)
{
    /// <summary>Ends a session. Idempotent; a repetition also repeats an unconfirmed tombstone.</summary>
    public async Task<Revocation> RevokeAsync(SessionLocator locator, string reason, CancellationToken cancellationToken)
    {
        RevocationTurn turn;
        using (await locks.EnterAsync(locator.Partition, cancellationToken))
        {
            turn = await RevokeInTurnAsync(locator, static _ => true, () => new SessionEnd(reason), cancellationToken);
        }

        return await ConfirmAsync(turn, cancellationToken);
    }

    /// <summary>Ends a session if it fits as it stands when it ends. Idempotent.</summary>
    /// <param name="locator">The session.</param>
    /// <param name="fits">Judges the session as read, which may have ended.</param>
    /// <param name="end">Returns how it ends, anew for each attempt.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    /// <returns>The ended session; null when it does not fit.</returns>
    public async ValueTask<EndedSession?> RevokeIfAsync(SessionLocator locator, Func<Session, bool> fits, Func<SessionEnd> end, CancellationToken cancellationToken)
    {
        RevocationTurn turn;
        using (await locks.EnterAsync(locator.Partition, cancellationToken))
        {
            turn = await RevokeInTurnAsync(locator, fits, end, cancellationToken);
        }

        await ConfirmAsync(turn, cancellationToken);
        return turn.Ended is [{ } ended] ? ended : null;
    }

    private async ValueTask<RevocationTurn> RevokeInTurnAsync(SessionLocator locator, Func<Session, bool> fits, Func<SessionEnd> end, CancellationToken cancellationToken)
    {
        Announcement? announcement = null;
        for (var retry = new ConflictRetry(timeProvider, "The user's list of sessions"); ; await retry.NextAsync(cancellationToken))
        {
            // The announcement comes last: only the commit waits for it.
            var reading = table.FindAsync(locator, cancellationToken).AsTask();
            var readingHead = userRows.FindHeadAsync(locator.Partition, cancellationToken).AsTask();
            announcement = outbox.Begin(locator.PartitionKey, announcement, cancellationToken);
            var head = await readingHead;
            if (await reading is not { } session || !fits(session))
            {
                return new RevocationTurn(new Revocation { Found = false }, []);
            }

            if (session.EndReason is { } already)
            {
                // This acknowledges an end that another call has written. A write that came late left its event where readers of the log
                // look last, so they are told of the partition again, before anybody is told that the session has ended.
                await Announcement.WrittenAsync(announcement);
                return new RevocationTurn(new Revocation { Found = true }, [EndedSession.From(session, already, session.EndedAt ?? session.LastSeenAt)]);
            }

            // Both were read concurrently, so the head may be older than the session.
            head ??= await userRows.FindHeadAsync(locator.Partition, cancellationToken);

            if (await TryEndAsync(session, head, end() with { Announcement = announcement }, cancellationToken) is { } told)
            {
                return new RevocationTurn(Told([told]), [told]);
            }
        }
    }

    /// <summary>Ends a session in exactly the state it was read in. Its tombstone is the caller's to put.</summary>
    /// <param name="session">The session as it was read.</param>
    /// <param name="head">Its user's head as it was read; null when there is none.</param>
    /// <param name="how">Why and with what it ends.</param>
    /// <param name="cancellationToken">Cancels the wait; the session may have ended.</param>
    /// <returns>Null when the session, its user's head or the row of the other write has changed since.</returns>
    public async ValueTask<EndedSession?> TryEndAsync(Session session, UserHead? head, SessionEnd how, CancellationToken cancellationToken)
    {
        var announcement = outbox.Begin(session.Locator.PartitionKey, how.Announcement, cancellationToken);
        var ended = session.EndedWith(how.Reason, timeProvider.GetSessionTime()) with { Operation = how.Operation };
        var end = table.Ending(session, ended);
        List<TableWrite> writes = [end];
        if (head is not null)
        {
            writes.Insert(0, table.Naming(head.Ended([session.Locator.Id], ended.EndedAt!.Value, ended.EndedAt.Value - cache.LatelyTime)));
        }

        if (how.With is not null)
        {
            writes.Add(how.With);
        }

        if (announcement is not null)
        {
            writes.AddRange(outbox.WritesOf(announcement.Notice, how.EventOf(ended)));
            await announcement.Written;
        }

        if (!(await table.CommitAsync(writes, session.Locator, ended.Operation, ended.Version, cancellationToken)).IsWritten)
        {
            return null;
        }

        metrics.Ended(1, "revocation");
        LogRevoked(logger, 1, how.Reason);
        return EndedSession.From(ended, how.Reason, ended.EndedAt!.Value);
    }

    /// <summary>Ends all sessions of a user, or all but one, in one transaction.</summary>
    public async Task<Revocation> RevokeAllAsync(
        UInt128 partition, SessionId? except, string reason, bool dryRun, CancellationToken cancellationToken)
    {
        RevocationTurn turn;
        using (await locks.EnterAsync(partition, cancellationToken))
        {
            turn = await RevokeAllInTurnAsync(partition, except, reason, dryRun, cancellationToken);
        }

        return await ConfirmAsync(turn, cancellationToken);
    }

    private async ValueTask<RevocationTurn> RevokeAllInTurnAsync(
        UInt128 partition, SessionId? except, string reason, bool dryRun, CancellationToken cancellationToken)
    {
        Announcement? announcement = null;
        for (var retry = new ConflictRetry(timeProvider, "The user's list of sessions"); ; await retry.NextAsync(cancellationToken))
        {
            var reading = ReadWholeAsync(partition, withContent: dryRun, retry.Attempt, cancellationToken).AsTask();
            announcement = dryRun ? null : outbox.Begin(SessionLocator.Hex(partition), announcement, cancellationToken);
            if (await reading is not { } rows)
            {
                continue;
            }

            var now = timeProvider.GetSessionTime();
            var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
            var named = rows.Sessions.Where(session => session.Locator != except?.Locator).ToArray();
            var live = named.Where(session => session.EndAt(now, revokedBefore) is null).ToArray();
            if (dryRun)
            {
                return new RevocationTurn(new Revocation { Found = true, Sessions = [.. live.Select(session => LiveReading(session, now)).OfType<SessionReading>()] }, []);
            }

            var lately = await EndedLatelyAsync(rows.Head, now, cancellationToken);
            var unconfirmed = UnconfirmedAt(rows.Head, now);
            if (named.Length == 0 && rows.Unnamed.Count == 0)
            {
                // As for one session: this acknowledges ends that other calls have written.
                await Announcement.WrittenAsync(announcement);
                return new RevocationTurn(new Revocation { Found = true }, lately, unconfirmed);
            }

            // Rows put back by another writer may exceed a transaction; the next attempt ends the rest.
            var others = announcement is null ? 1 : 2;
            Session[] chosen = [.. named.Concat(rows.Unnamed).Take(TableRules.MaxTransactionRows - others)];

            var ended = chosen.Select(session => session.EndedWith(reason, now) with { Operation = OperationId.New() }).ToArray();
            var told = ended.Select(session => EndedSession.From(session, reason, now)).ToArray();
            var writes = ended.Select((session, i) => table.Ending(chosen[i], session));
            if (rows.Head is not null)
            {
                writes = writes.Prepend(table.Naming(rows.Head.Ended([.. chosen.Select(session => session.Locator.Id)], now, now - cache.LatelyTime)));
            }

            if (announcement is not null)
            {
                writes = writes.Concat(outbox.WritesOf(announcement.Notice, EventDraft.SignedOut(rows.Head?.UserId ?? ended[0].UserId, ended, reason, now)));
            }

            TableWrite[] all = [.. writes];
            await Announcement.WrittenAsync(announcement);
            if ((await table.CommitAsync(all, ended[0].Locator, ended[0].Operation, ended[0].Version, cancellationToken)).IsWritten)
            {
                metrics.Ended(live.Length, "revocation");
                LogRevoked(logger, live.Length, reason);
                var liveLocators = live.Select(session => session.Locator).ToHashSet();
                var answer = Told(told.Where(session => liveLocators.Contains(session.Locator)));
                if (chosen.Length == named.Length + rows.Unnamed.Count)
                {
                    return new RevocationTurn(answer, [.. told, .. lately], unconfirmed);
                }

                var rest = await RevokeAllInTurnAsync(partition, except, reason, dryRun, cancellationToken);
                return rest with
                {
                    Answer = rest.Answer with { Sessions = [.. answer.Sessions, .. rest.Answer.Sessions] },
                    Ended = [.. told, .. rest.Ended],
                };
            }
        }
    }

    /// <summary>Writes tombstones.</summary>
    /// <returns>Null when no instance accepts the sessions any more; otherwise the instant by which none does.</returns>
    public async ValueTask<DateTimeOffset?> EntombAsync(IReadOnlyList<EndedSession> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return null;
        }

        try
        {
            if (await cache.EntombAsync(sessions, cancellationToken))
            {
                await local.SettleAsync(cancellationToken);
                return null;
            }
        }
        catch (OperationCanceledException)
        {
            // The sessions have ended in the table, so a cancelled caller still gets the guaranteed instant.
        }

        metrics.RevocationPending();
        LogPending(logger, sessions.Count);
        tombstones.Begin(sessions);
        return timeProvider.GetUtcNow() + cache.WorstDelay;
    }

    // Outside the lock, so that changes of the user's other sessions do not wait for the cache.
    private async ValueTask<Revocation> ConfirmAsync(RevocationTurn turn, CancellationToken cancellationToken)
    {
        var effectiveBy = await EntombAsync(turn.Ended, cancellationToken);
        return turn.Answer with { EffectiveBy = effectiveBy > turn.UnconfirmedUntil ? effectiveBy : turn.UnconfirmedUntil ?? effectiveBy };
    }

    private static Revocation Told(IEnumerable<EndedSession> ended) => new()
    {
        Found = true,
        Sessions = [.. ended.Select(session => new SessionReading(Live: null, session, ReadSource.Table, Degraded: false))],
    };

    // The head always lists the live rows. A query that finds exactly those has missed none, and the head's entity tag protects against
    // changes until the write. If they differ, the rows are read again after the head: a row inserted later changes the head. Without a
    // head this protection is missing, and the user's first session may just have been created, so everything is read again.
    private async ValueTask<UserRows?> ReadWholeAsync(UInt128 partition, bool withContent, int attempt, CancellationToken cancellationToken)
    {
        if (attempt == 1)
        {
            var rows = await userRows.ReadLiveAsync(partition, withContent, cancellationToken);
            if (rows.Head?.Names(rows.Sessions) ?? rows.Sessions.Count == 0)
            {
                return rows;
            }
        }

        var head = await userRows.FindHeadAsync(partition, cancellationToken);
        var found = await userRows.ReadLiveAsync(partition, withContent, cancellationToken);
        return head is null && found.Head is not null ? null : found with { Head = head };
    }

    // Another call may have ended a session in the table, but not yet in the cache. A sign-out everywhere also covers such sessions, as
    // long as a cache entry of them can be valid.
    private async ValueTask<EndedSession[]> EndedLatelyAsync(UserHead? head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = (head?.Lately ?? []).Where(end => end.At > now - cache.LatelyTime).Select(end => end.Id).ToArray();
        var sessions = ids.Length == 0 ? [] : await userRows.FindAllAsync(head!.Partition, ids, cancellationToken);
        return
        [
            .. sessions.Where(session => session.IsEnded)
                .Select(session => EndedSession.From(session, session.EndReason!, session.EndedAt ?? session.LastSeenAt)),
        ];
    }

    // The head omits some recent ends. Their tombstones cannot be repeated, so their cache entries must expire by age.
    private DateTimeOffset? UnconfirmedAt(UserHead? head, DateTimeOffset now) =>
        head?.LeftOut + cache.WorstDelay is { } until && until > now ? until : null;

    private SessionReading? LiveReading(Session session, DateTimeOffset readAt) =>
        table.Open(session) is { } body
            ? new SessionReading(LiveSession.From(session, body, readAt), Ended: null, ReadSource.Table, Degraded: false)
            : null;

    [LoggerMessage(1151, LogLevel.Information, "Sessions ended: {Count}, reason {Reason}")]
    private static partial void LogRevoked(ILogger logger, int count, string reason);

    [LoggerMessage(1152, LogLevel.Warning, "Redis did not confirm that {Count} sessions have ended; cache entries expire by their age, and the tombstones are retried")]
    private static partial void LogPending(ILogger logger, int count);
}
