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
    DueTable due,
    IdempotencyClaims claims,
    SessionRevocation revocation,
    SessionCache cache,
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

        await due.AddAsync(session, cancellationToken);
        Creation? other;
        Room? room;
        string? etag;
        using (await locks.EnterAsync(session.Locator.Partition, cancellationToken))
        {
            (other, room, etag) = await CommitAsync(session, isNewUser, mayExist: earlier is not EarlierInsert.None, cancellationToken);
        }

        if (other is not null)
        {
            return other;
        }

        unknown.Remove(session.Locator);
        await revocation.EntombAsync(room!.Evicted, cancellationToken);
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
        await due.AddAsync(session, cancellationToken);
        var named = (head ?? UserHead.None(session.Locator.Partition, session.UserId)).With(session.Locator.Id);
        TableWrite[] writes = [with, table.Naming(named), table.Insertion(session)];
        var commit = await table.CommitAsync(writes, session.Locator, session.Operation, session.Version, cancellationToken);
        return commit.IsWritten ? Created(session, commit.ETag, body, readAt) : null;
    }

    private Creation Created(Session session, string? etag, SessionBody body, DateTimeOffset readAt)
    {
        metrics.Created();
        LogCreated(logger, session.AbsoluteExpiresAt);
        return Live(CreationOutcome.Created, session with { ETag = etag }, body, readAt);
    }

    // One transaction for head and session, retried while other instances change the head.
    private async ValueTask<(Creation? Other, Room? Room, string? ETag)> CommitAsync(
        Session session, bool isNewUser, bool mayExist, CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider, "The user's list of sessions"); ; await retry.NextAsync(cancellationToken))
        {
            var readAt = timeProvider.GetUtcNow();
            var isFresh = isNewUser && retry.Attempt == 1;
            var head = isFresh ? null : await userRows.FindHeadAsync(session.Locator.Partition, cancellationToken);
            var room = await MakeRoomAsync(
                head ?? UserHead.None(session.Locator.Partition, session.UserId), session.Locator, cancellationToken);
            if (room is { Writes.Count: > SessionPolicyOptions.HardLimit + 1 })
            {
                throw new StoreUnavailableException("The user has more sessions than a transaction can write; the rebuild of user indexes repairs this. Try again later.");
            }

            if (room is not null)
            {
                var commit = await table.CommitAsync(
                    [.. room.Writes, table.Insertion(session)], session.Locator, session.Operation, session.Version, cancellationToken);
                if (commit.IsWritten)
                {
                    return (null, room, commit.ETag);
                }
            }

            if (mayExist && await FindEarlierAsync(session, readAt, cancellationToken) is { } earlier)
            {
                return (earlier, null, null);
            }

            if (room is null)
            {
                return (new Creation { Outcome = CreationOutcome.LimitReached, Limit = policy.ForAll.MaxSessionsPerUser }, null, null);
            }
        }
    }

    // The head also lists lapsed sessions, so at the limit these are ended first. Their rows stay, as those of all ended sessions, so
    // that a repeated creation finds its session. A session that exists already needs no room.
    private async ValueTask<Room?> MakeRoomAsync(UserHead head, SessionLocator wanted, CancellationToken cancellationToken)
    {
        var limit = policy.ForAll.MaxSessionsPerUser;
        if (head.Live.Count < limit)
        {
            return new Room([table.Naming(head.With(wanted.Id))], []);
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
        var lapsed = known.Where(group => group.Key is not null).SelectMany(group => group.Select(session => End(session, group.Key!.Value.Reason, group.Key.Value.At)));
        var excess = live.Length - limit + 1;
        if (excess > 0 && denies)
        {
            return null;
        }

        var evicted = (policy.ForAll.WhenLimitReached is LimitPolicy.EvictLeastRecentlyUsed
                ? live.OrderBy(session => session.LastSeenAt)
                : live.OrderBy(session => session.CreatedAt))
            .ThenBy(session => session.Locator.Id)
            .Take(Math.Max(0, excess))
            .Select(session => End(session, EndReasons.Evicted, now))
            .ToArray();
        return new Room(
            [
                table.Naming(head.Naming([.. live.Select(session => session.Locator.Id)])
                    .Ended([.. evicted.Select(session => session.Locator.Id)], now, now - cache.LatelyTime)
                    .With(wanted.Id)),
                .. lapsed.Concat(evicted).Select(session => table.Ending(session, session)), // under the entity tag as read
            ],
            [.. evicted.Select(session => EndedSession.From(session, EndReasons.Evicted, now))]);
    }

    private static Session End(Session session, string reason, DateTimeOffset at) =>
        session.EndedWith(reason, at) with { Operation = OperationId.New() };

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

    private sealed record Room(IReadOnlyList<TableWrite> Writes, IReadOnlyList<EndedSession> Evicted);
}

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
