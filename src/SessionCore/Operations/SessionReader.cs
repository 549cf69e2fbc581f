using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionCore.Pooling;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Read of a session: from the cache under the rules of its protocol, otherwise from the table.</summary>
internal sealed class SessionReader(
    SessionCache cache,
    SessionTable table,
    RevocationEpoch epoch,
    UnknownSessions unknown,
    LocalSessions local,
    KeyedLock locks,
    TimeProvider timeProvider,
    IOptions<CacheOptions> options)
{
    /// <summary>Reads a session.</summary>
    /// <exception cref="StoreUnavailableException">Neither the cache nor the table answers.</exception>
    public ValueTask<SessionReading> ReadAsync(SessionLocator locator, ReadConsistency consistency, CancellationToken cancellationToken) =>
        ReadAsync(locator, consistency, isNamed: false, cancellationToken);

    /// <summary>Reads a session that a key names. Its row may come at any moment, so its absence is neither remembered nor recalled.</summary>
    /// <exception cref="StoreUnavailableException">Neither the cache nor the table answers.</exception>
    public ValueTask<SessionReading> ReadNamedAsync(SessionLocator locator, ReadConsistency consistency, CancellationToken cancellationToken) =>
        ReadAsync(locator, consistency, isNamed: true, cancellationToken);

    private ValueTask<SessionReading> ReadAsync(
        SessionLocator locator, ReadConsistency consistency, bool isNamed, CancellationToken cancellationToken)
    {
        if (consistency.IsStrong)
        {
            return ReadTableAsync(locator, consistency, degraded: false, isNamed, lease: null, cancellationToken);
        }

        if (consistency.IsBounded)
        {
            return ReadBoundedAsync(locator, consistency, isNamed, cancellationToken);
        }

        if (local.Find(locator) is { } live && live.IsLiveAt(timeProvider.GetUtcNow(), epoch.Known))
        {
            return ValueTask.FromResult(FromCache(live));
        }

        return !isNamed && unknown.Contains(locator) ? default : ReadCacheAsync(locator, consistency, isNamed, cancellationToken);
    }

    private static SessionReading FromCache(LiveSession live) => new(live, Ended: null, ReadSource.Cache, Degraded: false);

    // Past what this process keeps, and under an instant of revoke-before that is no older than the entry may be.
    private async ValueTask<SessionReading> ReadBoundedAsync(
        SessionLocator locator, ReadConsistency consistency, bool isNamed, CancellationToken cancellationToken)
    {
        await epoch.GetAsync(consistency, cancellationToken);
        return await ReadCacheAsync(locator, consistency, isNamed, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> ReadCacheAsync(
        SessionLocator locator, ReadConsistency consistency, bool isNamed, CancellationToken cancellationToken)
    {
        var asked = local.Ask();
        var entry = await cache.LookUpAsync(locator, consistency, cancellationToken);
        if (TryAnswer(entry) is { } answer)
        {
            Keep(answer, asked);
            return answer;
        }

        return entry.Verdict is CacheVerdict.None or CacheVerdict.Unavailable
            ? await ReadTableAsync(locator, consistency, degraded: cache.IsConfigured, isNamed, lease: null, cancellationToken)
            : await FillAsync(locator, entry, consistency, isNamed, cancellationToken);
    }

    private void Keep(in SessionReading reading, long asked)
    {
        if (reading.Live is { } live)
        {
            local.Keep(live, asked);
        }
    }

    // A live entry past its end may be older than a touch, so only the table can confirm that the session has lapsed.
    private SessionReading? TryAnswer(in CacheEntry entry) => entry.Verdict switch
    {
        CacheVerdict.Live when entry.Live!.IsLiveAt(timeProvider.GetUtcNow(), epoch.Known) => FromCache(entry.Live),
        CacheVerdict.Ended => new SessionReading(Live: null, entry.Ended, ReadSource.Cache, Degraded: false),
        _ => null,
    };

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> FillAsync(
        SessionLocator locator, CacheEntry entry, ReadConsistency consistency, bool isNamed, CancellationToken cancellationToken)
    {
        // One fill at a time per session: waiting callers find the value that the first one filled. Each caller reads the cache again
        // after its own start, so no answer is older than its request.
        using var hold = await locks.EnterAsync(locator.Id, cancellationToken);
        var lease = await cache.LeaseAsync(locator, entry.Stamp, consistency, cancellationToken);
        if (lease.Entry.Verdict is CacheVerdict.Leased)
        {
            await Task.Delay(options.Value.BusyWait, timeProvider, cancellationToken);
            lease = new CacheLease(await cache.LookUpAsync(locator, consistency, cancellationToken), Token: null);
        }

        return TryAnswer(lease.Entry)
            ?? await ReadTableAsync(locator, consistency, lease.Entry.Verdict is CacheVerdict.Unavailable, isNamed, lease.Token, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> ReadTableAsync(
        SessionLocator locator, ReadConsistency consistency, bool degraded, bool isNamed, byte[]? lease, CancellationToken cancellationToken)
    {
        var asked = local.Ask();

        // The age of an entry counts from before the read of the table, and so does the lease, so that an entry is never older than its
        // age.
        var readAt = timeProvider.GetUtcNow();
        var revokedBefore = await epoch.GetAsync(consistency, cancellationToken);
        var session = await table.FindAsync(locator, cancellationToken);
        if (session is null)
        {
            if (!isNamed)
            {
                unknown.Add(locator);
            }

            await GiveBackAsync(locator, lease, cancellationToken);
            return new SessionReading(Live: null, Ended: null, ReadSource.Table, degraded);
        }

        if (session.EndAt(timeProvider.GetUtcNow(), revokedBefore) is { } end)
        {
            var ended = EndedSession.From(session, end.Reason, end.At);

            // A lapse is not final, because a touch in flight may have been in time. Only a written end is cached.
            if (lease is not null && session.IsEnded)
            {
                await cache.FillAsync(lease, ended, cancellationToken);
            }
            else
            {
                await GiveBackAsync(locator, lease, cancellationToken);
            }

            return new SessionReading(Live: null, ended, ReadSource.Table, degraded);
        }

        if (table.Open(session) is not { } body)
        {
            await GiveBackAsync(locator, lease, cancellationToken);
            return new SessionReading(Live: null, Ended: null, ReadSource.Table, degraded);
        }

        var live = LiveSession.From(session, body, readAt);
        local.Keep(live, asked);
        if (lease is not null)
        {
            await cache.FillAsync(lease, live, cancellationToken);
        }

        return new SessionReading(live, Ended: null, ReadSource.Table, degraded);
    }

    private ValueTask GiveBackAsync(SessionLocator locator, byte[]? lease, CancellationToken cancellationToken) =>
        lease is null ? ValueTask.CompletedTask : cache.ReleaseAsync(locator, lease, cancellationToken);
}
