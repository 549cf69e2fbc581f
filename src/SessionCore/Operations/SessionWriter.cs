using SessionCore.Caching;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Optimistic change of one live session: reads the row, applies the change, writes under the entity tag, retries conflicts.</summary>
internal sealed class SessionWriter(
    SessionTable table, SessionCache cache, LocalSessions local, RevocationEpoch epoch, KeyedLock locks, TimeProvider timeProvider)
{
    /// <summary>Changes a live session.</summary>
    /// <param name="locator">Which.</param>
    /// <param name="decide">
    /// Gets the session and its body, and answers the next state with its body, or null to leave it. Called again with the newer
    /// state when another write was faster. It may not change locator, operation or version.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The session after the change, or as it was left; null live when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The table cannot tell, or the session is changed faster than it can be read.</exception>
    public async ValueTask<SessionWrite> ChangeAsync(
        SessionLocator locator, Func<Session, SessionBody, (Session Next, SessionBody Body)?> decide, CancellationToken cancellationToken)
    {
        SessionWrite write;
        using (await locks.EnterAsync(locator.Id, cancellationToken))
        {
            write = await ChangeInTurnAsync(locator, decide, cancellationToken);
        }

        if (write.Written)
        {
            await local.SettleAsync(cancellationToken);
        }

        return write;
    }

    private async ValueTask<SessionWrite> ChangeInTurnAsync(
        SessionLocator locator, Func<Session, SessionBody, (Session Next, SessionBody Body)?> decide, CancellationToken cancellationToken)
    {
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
            var write = table.Changing(session, state);
            var commit = await table.CommitAsync([write], locator, state.Operation, state.Version, cancellationToken);
            if (commit.IsWritten)
            {
                var live = LiveSession.From(state with { ETag = commit.ETag }, next.Body, readAt);
                return new SessionWrite(live, Ended: null, Written: true, await cache.RefreshAsync(live, cancellationToken));
            }
        }
    }

    /// <summary>Brings the cache up to date with a state that was found written already.</summary>
    /// <returns>Whether the cache has confirmed.</returns>
    public async ValueTask<bool> ConfirmAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var confirmed = await cache.RefreshAsync(session, cancellationToken);
        await local.SettleAsync(cancellationToken);
        return confirmed;
    }
}

/// <summary>Result of a change of one session.</summary>
/// <param name="Live">The session as it is now; null when there is no live one.</param>
/// <param name="Ended">The session, when it has ended.</param>
/// <param name="Written">Whether a new state was written.</param>
/// <param name="Confirmed">Whether the cache confirmed it.</param>
internal readonly record struct SessionWrite(LiveSession? Live, EndedSession? Ended, bool Written, bool Confirmed);
