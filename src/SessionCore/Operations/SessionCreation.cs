using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>
/// Creation. Head and session are written in one transaction, so the limit is exact; the due entry is written before, so every session
/// is purged.
/// </summary>
internal sealed partial class SessionCreation(
    NewSessionPolicy newSessions,
    SessionTable table,
    UserRowsReader userRows,
    SessionRoom rooms,
    DueTable due,
    Outbox outbox,
    IdempotencyClaims claims,
    SessionRevocation revocation,
    UserSessionsCache userSessions,
    RevocationEpoch epoch,
    UnknownSessions unknown,
    KeyedLock locks,
    KeyRing keys,
    SessionMetrics metrics,
    TimeProvider timeProvider,
    SessionPolicy policy,
    ILogger<SessionCreation> logger)
{
    public async Task<Creation> CreateAsync(NewSession wish, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        if (newSessions.FaultOf(wish) is { } fault)
        {
            return new Creation { Outcome = CreationOutcome.OutsidePolicy, Fault = fault };
        }

        IdempotencyClaim? claim = null;
        if (key is not null && (claim = await claims.ObtainAsync(key, cancellationToken)) is null)
        {
            return new Creation { Outcome = CreationOutcome.KeyReused };
        }

        var locator = new SessionLocator(
            wish.UserId is not null ? SessionLocator.PartitionOf(wish.UserId) : claim?.AnonymousPartition ?? SessionLocator.NewId(),
            claim?.Id ?? SessionLocator.NewId());
        var secret = claim?.Secret() ?? RandomNumberGenerator.GetBytes(SessionToken.SecretBytes);
        var session = newSessions.Begin(wish, locator, secret) with { KeptUntil = claim?.ExpiresAt };
        var body = NewSessionPolicy.BodyOf(wish);
        var earlier = claim is null ? EarlierInsert.None : EarlierInsert.Likely;
        var creation = await InsertAsync(table.Seal(session, body), body, isNewUser: wish.UserId is null, earlier, cancellationToken);
        return creation.Outcome is CreationOutcome.Created or CreationOutcome.Replayed
            ? creation with { Token = SessionToken.Issue(claim?.Key ?? keys.Active, locator, secret) }
            : creation;
    }

    /// <summary>Inserts a session into its user's partition.</summary>
    /// <param name="session">The session with its encrypted body.</param>
    /// <param name="body">Its body.</param>
    /// <param name="isNewUser">Whether the partition is fresh, so that there is no head to read.</param>
    /// <param name="earlier">Whether its row may have been inserted before.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<Creation> InsertAsync(
        Session session, SessionBody body, bool isNewUser, EarlierInsert earlier, CancellationToken cancellationToken)
    {
        // An earlier attempt of the same request may have created the session.
        var readAt = timeProvider.GetUtcNow();
        if (earlier is EarlierInsert.Likely && await FindEarlierAsync(session, readAt, cancellationToken) is { } found)
        {
            return found;
        }

        var announcement = await AddDueAsync(session, cancellationToken);
        Creation? other;
        string? etag;
        var evicted = new List<EndedSession>();
        using (await locks.EnterAsync(session.Locator.Partition, cancellationToken))
        {
            (other, etag) = await CommitAsync(session, body, new Insert(isNewUser, MayExist: earlier is not EarlierInsert.None), announcement, evicted, cancellationToken);
        }

        await revocation.EntombAsync(evicted, cancellationToken);
        if (other is not null)
        {
            return other;
        }

        unknown.Remove(session.Locator);
        await userSessions.DropAsync(session.Locator.Partition, cancellationToken);
        return Created(session, etag, body, readAt);
    }

    /// <summary>Inserts an anonymous session into its partition, which has no other live one.</summary>
    /// <param name="session">The session, sealed.</param>
    /// <param name="body">Its body.</param>
    /// <param name="head">The head of the partition as it was read; null when there is none.</param>
    /// <param name="with">Another write of the partition, applied with the insert or not at all.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null when the head or the row of the other write has changed since.</returns>
    public async ValueTask<Creation?> TryInsertAsync(
        Session session, SessionBody body, UserHead? head, TableWrite with, CancellationToken cancellationToken)
    {
        var readAt = timeProvider.GetUtcNow();
        var announcement = await AddDueAsync(session, cancellationToken);
        var named = (head ?? UserHead.None(session.Locator.Partition, session.UserId)).With(session.Locator.Id);
        TableWrite[] writes = [with, table.Naming(named), table.Insertion(session), .. EventsOf(announcement, session, body, [])];
        await Announcement.WrittenAsync(announcement);
        var commit = await table.CommitAsync(writes, session.Locator, session.Operation, session.Version, cancellationToken);
        return commit.IsWritten ? Created(session, commit.ETag, body, readAt) : null;
    }

    // The announcement of the event runs beside, and beside all that follows: only the commit waits for it.
    private async ValueTask<Announcement?> AddDueAsync(Session session, CancellationToken cancellationToken)
    {
        var adding = due.AddAsync(session, cancellationToken);
        var announcement = outbox.Begin(session.Locator.PartitionKey, known: null, cancellationToken);
        await adding;
        return announcement;
    }

    private Creation Created(Session session, string? etag, SessionBody body, DateTimeOffset readAt)
    {
        metrics.Created();
        LogCreated(logger, session.AbsoluteExpiresAt);
        return Live(CreationOutcome.Created, session with { ETag = etag }, body, readAt);
    }

    // One transaction for head and session, retried while other instances change the head.
    private async ValueTask<(Creation? Other, string? ETag)> CommitAsync(
        Session session, SessionBody body, Insert insert, Announcement? announcement, List<EndedSession> evicted, CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider, "The user's list of sessions"); ; await retry.NextAsync(cancellationToken))
        {
            var readAt = timeProvider.GetUtcNow();
            var isFresh = insert.IsNewUser && retry.Attempt == 1;
            var head = isFresh ? null : await userRows.FindHeadAsync(session.Locator.Partition, cancellationToken);
            var room = await rooms.MakeAsync(
                head ?? UserHead.None(session.Locator.Partition, session.UserId), session.Locator, cancellationToken);
            if (room is { Endings.Count: > SessionPolicyOptions.HardLimit })
            {
                throw new StoreUnavailableException("The user has more sessions than a transaction can write; the rebuild of user indexes repairs this. Try again later.");
            }

            if (room is not null)
            {
                announcement = outbox.Begin(session.Locator.PartitionKey, announcement, cancellationToken);
                if (!room.IsEnough)
                {
                    if (await TryEndAsync(room, announcement, evicted, cancellationToken))
                    {
                        return await CommitAsync(session, body, insert with { IsNewUser = false }, announcement: null, evicted, cancellationToken);
                    }

                    continue;
                }

                TableWrite[] writes = [table.Naming(room.Head.With(session.Locator.Id)), .. WritesOf(room), table.Insertion(session), .. EventsOf(announcement, session, body, room.Endings)];
                await Announcement.WrittenAsync(announcement);
                var commit = await table.CommitAsync(writes, session.Locator, session.Operation, session.Version, cancellationToken);
                if (commit.IsWritten)
                {
                    evicted.AddRange(room.Evicted);
                    return (null, commit.ETag);
                }
            }

            if (insert.MayExist && await FindEarlierAsync(session, readAt, cancellationToken) is { } earlier)
            {
                return (earlier, null);
            }

            if (room is null)
            {
                return (new Creation { Outcome = CreationOutcome.LimitReached, Limit = policy.ForAll.MaxSessionsPerUser }, null);
            }
        }
    }

    // More sessions make room than one transaction ends with their events.
    private async ValueTask<bool> TryEndAsync(Room room, Announcement? announcement, List<EndedSession> evicted, CancellationToken cancellationToken)
    {
        var first = room.Endings[0];
        var events = announcement is null ? [] : outbox.WritesOf(announcement.Notice, [.. room.Endings.Select(EndOf)]);
        TableWrite[] writes = [table.Naming(room.Head), .. WritesOf(room), .. events];
        await Announcement.WrittenAsync(announcement);
        if (!(await table.CommitAsync(writes, first.Locator, first.Operation, first.Version, cancellationToken)).IsWritten)
        {
            return false;
        }

        evicted.AddRange(room.Evicted);
        return true;
    }

    private IEnumerable<TableWrite> WritesOf(Room room) => room.Endings.Select(session => table.Ending(session, session)); // under the entity tag as read

    private IReadOnlyList<TableWrite> EventsOf(Announcement? announcement, Session session, SessionBody body, IReadOnlyList<Session> ended) => announcement is null
        ? []
        : outbox.WritesOf(announcement.Notice, [EventDraft.Created(session, body, timeProvider.GetSessionTime()), .. ended.Select(EndOf)]);

    private EventDraft EndOf(Session ended) => ended.EndReason == EndReasons.Evicted
        ? EventDraft.Ended(ended, timeProvider.GetSessionTime())
        : EventDraft.Lapsed(ended, timeProvider.GetSessionTime());

    private async ValueTask<Creation?> FindEarlierAsync(Session session, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var earlier = await table.FindCertainlyAsync(session.Locator, cancellationToken);
        if (earlier is null)
        {
            return null;
        }

        var revokedBefore = await epoch.GetAsync(certain: false, cancellationToken);
        if (earlier.EndAt(timeProvider.GetUtcNow(), revokedBefore) is { } end)
        {
            var ended = EndedSession.From(earlier, end.Reason, end.At);
            return new Creation { Outcome = CreationOutcome.Replayed, Session = new SessionReading(Live: null, ended, ReadSource.Table, Degraded: false) };
        }

        return table.Open(earlier) is { } body
            ? Live(CreationOutcome.Replayed, earlier, body, readAt)
            : throw new StoreUnavailableException("The session of this idempotency key does not verify. Use another key.");
    }

    private static Creation Live(CreationOutcome outcome, Session session, SessionBody body, DateTimeOffset readAt) => new()
    {
        Outcome = outcome,
        Session = new SessionReading(LiveSession.From(session, body, readAt), Ended: null, ReadSource.Table, Degraded: false),
    };

    [LoggerMessage(1101, LogLevel.Information, "Session created; it ends no later than {AbsoluteExpiresAt:O}")]
    private static partial void LogCreated(ILogger logger, DateTimeOffset absoluteExpiresAt);
}

/// <summary>What is known of an insert.</summary>
/// <param name="IsNewUser">Whether the partition is fresh, so that there is no head to read.</param>
/// <param name="MayExist">Whether its row may exist already.</param>
internal readonly record struct Insert(bool IsNewUser, bool MayExist);

/// <summary>Whether the row of a session may have been inserted before.</summary>
internal enum EarlierInsert
{
    /// <summary>No: its id was drawn for this insert.</summary>
    None,

    /// <summary>Only where the insert meets a conflict: somebody may have put a row in its place.</summary>
    Unlikely,

    /// <summary>By an earlier try of the same request: it is looked for first.</summary>
    Likely,
}
