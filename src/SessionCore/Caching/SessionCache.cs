using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Pooling;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Cache protocol for single sessions (docs/architecture.md, "Cache protocol"). Without a cache every read is a miss.
/// </summary>
/// <remarks>
/// A live value enters a key only in exchange for a lease that was taken before the table was read; every invalidation overwrites the
/// key and so destroys the lease. The protocol never relies on a value being present.
/// </remarks>
internal sealed partial class SessionCache(
    ICache cache,
    CacheSealer sealer,
    SuspectSessions suspects,
    LocalSessions local,
    SessionChanges changes,
    SessionMetrics metrics,
    RepeatedEvents repeated,
    TimeProvider timeProvider,
    IOptions<CacheOptions> options,
    ILogger<SessionCache> logger)
{
    private const int PoisonedEvent = 1201;

    // Shorter than the retention: without a tombstone a reader reads the table, which is only slower.
    private static readonly TimeSpan TombstoneTime = TimeSpan.FromMinutes(15);
    private static readonly byte[] TombstoneHeader = [CacheValue.Tombstone];

    private readonly TimeSpan _maxAge = options.Value.MaxAge;
    private readonly TimeSpan _leaseTime = options.Value.LeaseTime;

    /// <summary>
    /// Gets a value indicating whether there is a cache. Without one, a reader neither waits for a lease nor marks its answer degraded.
    /// </summary>
    public bool IsConfigured { get; } = cache is not NoCache;

    /// <summary>Gets a value indicating whether Redis keeps failing, as this instance sees it.</summary>
    public bool IsFailing => cache.IsFailing;

    /// <summary>See <see cref="ICache.Gather"/>.</summary>
    public IDisposable? Gather() => cache.Gather();

    /// <summary>Gets the longest time for which an instance may still accept a session after an unconfirmed revocation.</summary>
    public TimeSpan WorstDelay => _maxAge + options.Value.ClockSkew;

    /// <summary>Gets how long a recent end is kept to repeat its tombstone: afterwards every cache entry of the session has expired.</summary>
    public TimeSpan LatelyTime => 2 * WorstDelay;

    public static string NameOf(SessionLocator locator) => string.Create(
        75, locator, static (name, it) =>
        {
            "session:{".CopyTo(name);
            SessionLocator.WriteHex(it.Partition, name[9..]);
            "}:".CopyTo(name[41..]);
            SessionLocator.WriteHex(it.Id, name[43..]);
        });

    /// <summary>Reads the entry of a session with one GET.</summary>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<CacheEntry> LookUpAsync(SessionLocator locator, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (!IsConfigured || suspects.Contains(locator))
        {
            return default;
        }

        var name = NameOf(locator);
        try
        {
            return Judge(locator, name, await cache.GetAsync(name, cancellationToken), consistency);
        }
        catch (CacheUnavailableException)
        {
            return new CacheEntry(CacheVerdict.Unavailable);
        }
    }

    /// <summary>Requests the lease to fill an empty or unusable key. Take the entry's read time before this call.</summary>
    public async ValueTask<CacheLease> LeaseAsync(
        SessionLocator locator, byte[]? replaceable, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (suspects.Contains(locator))
        {
            return default;
        }

        var lease = CacheValue.NewLease();
        var name = NameOf(locator);
        try
        {
            var present = await cache.LeaseAsync(name, lease, replaceable, _leaseTime, cancellationToken);
            return present is null
                ? new CacheLease(new CacheEntry(CacheVerdict.Granted), lease)
                : new CacheLease(Judge(locator, name, present, consistency), Token: null);
        }
        catch (CacheUnavailableException)
        {
            return new CacheLease(new CacheEntry(CacheVerdict.Unavailable), Token: null);
        }
    }

    /// <summary>Replaces the lease by the session, if the lease is still there.</summary>
    public ValueTask<bool> FillAsync(byte[] lease, LiveSession session, CancellationToken cancellationToken)
    {
        var name = NameOf(session.Locator);
        return FillAsync(name, lease, SealLive(name, session), LifeOf(session), cancellationToken);
    }

    /// <summary>Replaces the lease by a tombstone, if the lease is still there.</summary>
    public ValueTask<bool> FillAsync(byte[] lease, EndedSession session, CancellationToken cancellationToken)
    {
        var name = NameOf(session.Locator);
        return FillAsync(name, lease, SealEnded(name, session), TombstoneTime, cancellationToken);
    }

    /// <summary>Releases a lease when there is nothing to fill, so that an unknown id leaves nothing in Redis.</summary>
    public async ValueTask ReleaseAsync(SessionLocator locator, byte[] lease, CancellationToken cancellationToken)
    {
        try
        {
            await cache.RemoveAsync(NameOf(locator), lease, cancellationToken);
        }
        catch (CacheUnavailableException)
        {
            metrics.CacheWriteLost("release");
        }
    }

    /// <summary>Updates the entry of a session after a write to the table, if there is one.</summary>
    /// <returns>
    /// False when Redis did not confirm; this process then reads the session from the table until older entries have expired.
    /// </returns>
    public async ValueTask<bool> RefreshAsync(LiveSession session, CancellationToken cancellationToken)
    {
        local.Forget(session.Locator);
        var name = NameOf(session.Locator);
        try
        {
            var life = LifeOf(session);
            if (life > TimeSpan.Zero)
            {
                await cache.RefreshAsync(name, SealLive(name, session), life, cancellationToken);
            }
            else
            {
                // The write took longer than the age of an entry, so there is nothing to put, but the older entry must go.
                await cache.RemoveAsync(name, expected: null, cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (exception is CacheUnavailableException or OperationCanceledException)
        {
            Distrust(session.Locator);
            metrics.CacheWriteLost("refresh");
            return false;
        }
    }

    /// <summary>Writes tombstones for sessions of one user and removes the user's list, in one step.</summary>
    /// <returns>Whether Redis confirmed; then no instance accepts the sessions.</returns>
    public async ValueTask<bool> EntombAsync(IReadOnlyList<EndedSession> sessions, CancellationToken cancellationToken)
    {
        foreach (var session in sessions)
        {
            local.Forget(session.Locator);
        }

        if (sessions.Count == 0)
        {
            return true;
        }

        var isConfirmed = await PutTombstonesAsync(sessions, cancellationToken);
        foreach (var session in sessions)
        {
            changes.Announce(session.Locator);
        }

        return isConfirmed;
    }

    private async ValueTask<bool> PutTombstonesAsync(IReadOnlyList<EndedSession> sessions, CancellationToken cancellationToken)
    {
        var tombstones = new KeyValuePair<string, byte[]>[sessions.Count];
        for (var i = 0; i < tombstones.Length; i++)
        {
            var name = NameOf(sessions[i].Locator);
            tombstones[i] = new KeyValuePair<string, byte[]>(name, SealEnded(name, sessions[i]));
        }

        try
        {
            if (await cache.EntombAsync(tombstones, [UserSessionsCache.NameOf(sessions[0].Locator.Partition)], TombstoneTime, cancellationToken))
            {
                return true;
            }
        }
        catch (CacheUnavailableException)
        {
            metrics.CacheWriteLost("tombstone");
        }

        foreach (var session in sessions)
        {
            Distrust(session.Locator);
        }

        // The removal of the user's list was part of the same step.
        Distrust(UserSessionsCache.KeyOf(sessions[0].Locator.Partition));
        return false;
    }

    private void Distrust(SessionLocator locator) => suspects.Add(locator, timeProvider.GetUtcNow() + WorstDelay);

    private async ValueTask<bool> FillAsync(string name, byte[] lease, byte[] value, TimeSpan life, CancellationToken cancellationToken)
    {
        try
        {
            return life > TimeSpan.Zero && await cache.FillAsync(name, lease, value, life, cancellationToken);
        }
        catch (CacheUnavailableException)
        {
            metrics.CacheWriteLost("fill");
            return false;
        }
    }

    private CacheEntry Judge(SessionLocator locator, string name, byte[]? value, ReadConsistency consistency)
    {
        if (value is null)
        {
            return new CacheEntry(CacheVerdict.Absent);
        }

        var kind = value.Length == 0 ? (byte)0 : value[0];
        if (kind == CacheValue.Lease)
        {
            return new CacheEntry(CacheVerdict.Leased);
        }

        var headerLength = kind == CacheValue.Live ? CacheValue.LiveHeaderBytes : 1;
        var opening = sealer.OpenInPlace(name, value, headerLength, out var body);
        if (opening is Opening.Opened && kind == CacheValue.Live && CacheValue.VersionOf(value) is { } version
            && LiveSession.Read(locator, version, body) is { } live)
        {
            var age = timeProvider.GetUtcNow() - live.ReadAt;
            return age <= _maxAge && consistency.Allows(age)
                ? new CacheEntry(CacheVerdict.Live, live, Stamp: null)
                : new CacheEntry(CacheVerdict.Unusable, Stamp: CacheSealer.StampOf(value, headerLength));
        }

        if (opening is Opening.Opened && kind == CacheValue.Tombstone && EndedSession.Read(locator, body) is { } ended)
        {
            return new CacheEntry(CacheVerdict.Ended, Ended: ended);
        }

        // During a key rotation another instance may have sealed the value under a newer key: the table answers, and the value stays.
        if (opening is Opening.KeyUnknown)
        {
            return new CacheEntry(CacheVerdict.Leased);
        }

        metrics.CachePoisoned();
        if (repeated.ShouldLog(PoisonedEvent, out var count))
        {
            LogPoisoned(logger, count);
        }

        return new CacheEntry(CacheVerdict.Unusable, Stamp: CacheSealer.StampOf(value, headerLength));
    }

    private byte[] SealLive(string name, LiveSession session)
    {
        Span<byte> header = stackalloc byte[CacheValue.LiveHeaderBytes];
        CacheValue.WriteLiveHeader(header, session.Version);
        return sealer.Seal(name, header, session.Bytes);
    }

    private byte[] SealEnded(string name, EndedSession session) => sealer.Seal(name, TombstoneHeader, session.Bytes);

    // Up to a tenth shorter than the age, so that entries filled at the same time do not expire at the same time.
    private TimeSpan LifeOf(LiveSession session)
    {
        var now = timeProvider.GetUtcNow();
        var life = (session.ReadAt + _maxAge - now) * (1 - (RandomNumberGenerator.GetInt32(100) / 1000.0));
        var rest = session.IdleExpiresAt - now;
        return rest < life ? rest : life;
    }

    [LoggerMessage(PoisonedEvent, LogLevel.Warning, "A cache value was not genuine and is replaced; the table answered instead; {Count} times since the last such line")]
    private static partial void LogPoisoned(ILogger logger, long count);
}
