using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SessionCore.Caching;
using SessionCore.Pooling;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Reads sessions: from the cache under the rules of its protocol, else from the table.</summary>
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
    public ValueTask<SessionReading> ReadAsync(SessionLocator locator, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (consistency is ReadConsistency.Strong)
        {
            return ReadTableAsync(locator, certain: true, degraded: false, lease: null, cancellationToken);
        }

        if (local.Find(locator) is { } live && live.IsLiveAt(timeProvider.GetUtcNow(), epoch.Known))
        {
            return ValueTask.FromResult(FromCache(live));
        }

        return unknown.Contains(locator) ? default : ReadCacheAsync(locator, cancellationToken);
    }

    private static SessionReading FromCache(LiveSession live) => new(live, Ended: null, ReadSource.Cache, Degraded: false);

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> ReadCacheAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        var asked = local.Ask();
        var entry = await cache.LookUpAsync(locator, cancellationToken);
        if (TryAnswer(entry) is { } answer)
        {
            Keep(answer, asked);
            return answer;
        }

        return entry.Verdict is CacheVerdict.None or CacheVerdict.Unavailable
            ? await ReadTableAsync(locator, certain: false, degraded: cache.IsConfigured, lease: null, cancellationToken)
            : await FillAsync(locator, entry, cancellationToken);
    }

    private void Keep(in SessionReading reading, long asked)
    {
        if (reading.Live is { } live)
        {
            local.Keep(live, asked);
        }
    }

    // A live entry whose own end has come may be behind a touch, so only the table can say that the session has lapsed.
    private SessionReading? TryAnswer(in CacheEntry entry) => entry.Verdict switch
    {
        CacheVerdict.Live when entry.Live!.IsLiveAt(timeProvider.GetUtcNow(), epoch.Known) => FromCache(entry.Live),
        CacheVerdict.Ended => new SessionReading(Live: null, entry.Ended, ReadSource.Cache, Degraded: false),
        _ => null,
    };

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> FillAsync(SessionLocator locator, CacheEntry entry, CancellationToken cancellationToken)
    {
        // One at a time for a session: a caller that waited finds what the one before has filled. Each caller asks the cache
        // anew after its own start, so nobody gets an answer older than its question.
        using var hold = await locks.EnterAsync(locator.Id, cancellationToken);
        var lease = await cache.LeaseAsync(locator, entry.Stamp, cancellationToken);
        if (lease.Entry.Verdict is CacheVerdict.Leased)
        {
            await Task.Delay(options.Value.BusyWait, timeProvider, cancellationToken);
            lease = new CacheLease(await cache.LookUpAsync(locator, cancellationToken), Token: null);
        }

        return TryAnswer(lease.Entry)
            ?? await ReadTableAsync(locator, certain: false, lease.Entry.Verdict is CacheVerdict.Unavailable, lease.Token, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<SessionReading> ReadTableAsync(
        SessionLocator locator, bool certain, bool degraded, byte[]? lease, CancellationToken cancellationToken)
    {
        var asked = local.Ask();

        // The age of an entry counts from before the read, so that it is never older than it says. A lease was put before as well.
        var readAt = timeProvider.GetUtcNow();
        var revokedBefore = await epoch.GetAsync(certain, cancellationToken);
        var session = await table.FindAsync(locator, cancellationToken);
        if (session is null)
        {
            unknown.Add(locator);
            await GiveBackAsync(locator, lease, cancellationToken);
            return new SessionReading(Live: null, Ended: null, ReadSource.Table, degraded);
        }

        if (session.EndAt(timeProvider.GetUtcNow(), revokedBefore) is { } end)
        {
            var ended = EndedSession.From(session, end.Reason, end.At);

            // Lapsing for lack of use is not final: a touch that is still on its way was made in time. Only a written end is cached.
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
