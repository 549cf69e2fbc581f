using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Optimistic change of one live session: reads the row, applies the change, writes under the entity tag, retries conflicts.</summary>
internal sealed class SessionWriter(
    SessionTable table,
    SessionCache cache,
    SessionChanges changes,
    LocalSessions local,
    RevocationEpoch epoch,
    Outbox outbox,
    KeyedLock locks,
    TimeProvider timeProvider)
{
    /// <summary>Changes a live session.</summary>
    /// <param name="locator">The session.</param>
    /// <param name="decide">
    /// Returns the next state and body for the current ones, or null for no change. Called again with the newer state after a conflict.
    /// Must not change locator, operation or version.
    /// </param>
    /// <param name="eventOf">Returns the type of the event of a change of the body; null for a change, or all changes, without one.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The session after the change, or unchanged; <c>Live</c> is null when there is no live session.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The result is uncertain, or other writers changed the session during all attempts.
    /// </exception>
    public async ValueTask<SessionWrite> ChangeAsync(
        SessionLocator locator,
        Func<Session, SessionBody, (Session Next, SessionBody Body)?> decide,
        Func<SessionBody, SessionBody, string?>? eventOf,
        CancellationToken cancellationToken)
    {
        SessionWrite write;
        using (await locks.EnterAsync(locator.Id, cancellationToken))
        {
            write = await ChangeInTurnAsync(locator, decide, eventOf, cancellationToken);
        }

        if (write.Written)
        {
            await local.SettleAsync(cancellationToken);
        }

        return write;
    }

    private async ValueTask<SessionWrite> ChangeInTurnAsync(
        SessionLocator locator,
        Func<Session, SessionBody, (Session Next, SessionBody Body)?> decide,
        Func<SessionBody, SessionBody, string?>? eventOf,
        CancellationToken cancellationToken)
    {
        EventNotice? notice = null;
        for (var retry = new ConflictRetry(timeProvider, "The session"); ; await retry.NextAsync(cancellationToken))
        {
            var readAt = timeProvider.GetUtcNow();
            var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
            var session = await table.FindAsync(locator, cancellationToken);
            if (session?.EndAt(timeProvider.GetUtcNow(), revokedBefore) is { } end)
            {
                return new SessionWrite(Live: null, EndedSession.From(session, end.Reason, end.At), Written: false, Confirmed: true);
            }

            if (session is null || table.Open(session) is not { } body)
            {
                return default;
            }

            if (decide(session, body) is not { } next)
            {
                return new SessionWrite(LiveSession.From(session, body, readAt), Ended: null, Written: false, Confirmed: true);
            }

            var state = table.Seal(next.Next with { Version = session.Version + 1, Operation = OperationId.New() }, next.Body);
            var type = eventOf?.Invoke(body, next.Body);
            IReadOnlyList<TableWrite> writes = [table.Changing(session, state)];
            if (type is not null && outbox.IsOn)
            {
                notice = await outbox.AnnounceAsync(locator.PartitionKey, notice, cancellationToken);
                writes = [.. writes, .. outbox.WritesOf(notice!, EventDraft.Changed(type, state, next.Body, timeProvider.GetSessionTime()))]; // events are on
            }

            var commit = await table.CommitAsync(writes, locator, state.Operation, state.Version, cancellationToken);
            if (commit.IsWritten)
            {
                var live = LiveSession.From(state with { ETag = commit.ETag }, next.Body, readAt);
                var isConfirmed = await cache.RefreshAsync(live, cancellationToken);
                if (type is not null)
                {
                    changes.Announce(locator);
                }

                return new SessionWrite(live, Ended: null, Written: true, isConfirmed);
            }
        }
    }

    /// <summary>Updates the cache with a state that an earlier attempt wrote.</summary>
    /// <returns>Whether the cache confirmed.</returns>
    public async ValueTask<bool> ConfirmAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var confirmed = await cache.RefreshAsync(session, cancellationToken);
        await local.SettleAsync(cancellationToken);
        return confirmed;
    }
}

/// <summary>Result of a change of one session.</summary>
/// <param name="Live">The current session; null when there is no live one.</param>
/// <param name="Ended">The ended session, if it has ended.</param>
/// <param name="Written">Whether a new state was written.</param>
/// <param name="Confirmed">Whether the cache confirmed the write.</param>
internal readonly record struct SessionWrite(LiveSession? Live, EndedSession? Ended, bool Written, bool Confirmed);
