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
        var level = wish.AssuranceLevel ?? policy.ForAll.DefaultAssuranceLevel;
        var limits = policy.LimitsOf(wish.Client, level, wish.IsPersistent);
        if (FaultOf(wish, level, limits) is { } fault)
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
        var now = timeProvider.GetSessionTime();
        var absoluteEnd = now + (wish.AbsoluteLifetime ?? limits.AbsoluteLifetime);
        var idle = wish.IdleTimeout ?? limits.IdleTimeout;
        var session = new Session
        {
            Locator = locator,
            UserId = wish.UserId,
            Client = wish.Client,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            IdleTimeout = idle,
            IdleExpiresAt = now + idle < absoluteEnd ? now + idle : absoluteEnd,
            AbsoluteExpiresAt = absoluteEnd,
            AssuranceLevel = level,
            IsPersistent = wish.IsPersistent,
            KeptUntil = claim?.ExpiresAt,
            Version = 1,
            DataVersion = 1,
            Secret = new SessionSecret(Digest.Of(secret)),
            Operation = OperationId.New(),
        };
        var body = BodyOf(wish);
        var creation = await InsertAsync(table.Seal(session, body), body, isNewUser: wish.UserId is null, mayExist: claim is not null, cancellationToken);
        return creation.Outcome is CreationOutcome.Created or CreationOutcome.Replayed
            ? creation with { Token = SessionToken.Issue(claim?.Key ?? keys.Active, locator, secret) }
            : creation;
    }

    /// <summary>Inserts a session into its user's partition.</summary>
    /// <param name="session">The session with its encrypted body.</param>
    /// <param name="body">Its body.</param>
    /// <param name="isNewUser">Whether the partition is fresh, so that there is no head to read.</param>
    /// <param name="mayExist">Whether the same session may have been inserted before, by an earlier try of the same request.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async ValueTask<Creation> InsertAsync(
        Session session, SessionBody body, bool isNewUser, bool mayExist, CancellationToken cancellationToken)
    {
        // An earlier attempt of the same request may have created the session.
        var readAt = timeProvider.GetUtcNow();
        if (mayExist && await FindEarlierAsync(session, readAt, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        await due.AddAsync(session, cancellationToken);
        Creation? other;
        Room? room;
        string? etag;
        using (await locks.EnterAsync(session.Locator.Partition, cancellationToken))
        {
            (other, room, etag) = await CommitAsync(session, isNewUser, mayExist, cancellationToken);
        }

        if (other is not null)
        {
            return other;
        }

        unknown.Remove(session.Locator);
        await revocation.EntombAsync(room!.Evicted, cancellationToken);
        await userSessions.DropAsync(session.Locator.Partition, cancellationToken);
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

    private static SessionBody BodyOf(NewSession wish)
    {
        ReadOnlyMemory<byte> empty = "{}"u8.ToArray();
        var device = SessionJson.Device(
            DeviceName.Of(wish.Device), wish.Device?.Label, wish.Device?.UserAgent, wish.Device?.IpAddress, wish.Device?.IpAddress);
        return new SessionBody(device, wish.ClaimsJson.IsEmpty ? empty : wish.ClaimsJson, wish.DataJson.IsEmpty ? empty : wish.DataJson)
        {
            Methods = SessionJson.Methods(wish.AuthenticationMethods),
            Actor = SessionJson.Actor(wish.Actor),
        };
    }

    private static string? FaultOf(NewSession wish, AssuranceLevel level, SessionProfile limits)
    {
        if (wish.IsPersistent && level is AssuranceLevel.Aal3)
        {
            return "persistent must be false at the assurance level aal3. Allowed: aal1, aal2.";
        }

        if (wish.AbsoluteLifetime is { } lifetime && (lifetime < TimeSpan.FromSeconds(1) || lifetime > limits.AbsoluteLifetime))
        {
            return $"absoluteLifetimeSeconds must be from 1 to {limits.AbsoluteLifetime.TotalSeconds:0}.";
        }

        return wish.IdleTimeout is { } idle && (idle < TimeSpan.FromSeconds(1) || idle > limits.IdleTimeout)
            ? $"idleTimeoutSeconds must be from 1 to {limits.IdleTimeout.TotalSeconds:0}."
            : null;
    }

    [LoggerMessage(1101, LogLevel.Information, "Session created; it ends no later than {AbsoluteExpiresAt:O}")]
    private static partial void LogCreated(ILogger logger, DateTimeOffset absoluteExpiresAt);

    private sealed record Room(IReadOnlyList<TableWrite> Writes, IReadOnlyList<EndedSession> Evicted);
}
