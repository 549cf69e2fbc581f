using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Cached list of a user's live sids in Redis, under the same lease rule. It may be lost at any time and expires by itself.
/// </summary>
internal sealed class UserSessionsCache(
    ICache cache, CacheSealer sealer, SuspectSessions suspects, SessionMetrics metrics, TimeProvider timeProvider, IOptions<CacheOptions> options)
{
    // After the common header: read at (8, Unix milliseconds), then for each session its id (16) and idle end (8).
    private const int ItemBytes = 24;
    private const int LeaseBytes = 17;

    private readonly TimeSpan _maxAge = options.Value.MaxAge;

    public static string NameOf(UInt128 partition) => string.Concat("user:{", SessionLocator.Hex(partition), "}:sessions");

    /// <summary>Returns the id of a user's list among the suspects; no session has it.</summary>
    public static SessionLocator KeyOf(UInt128 partition) => new(partition, UInt128.Zero);

    /// <summary>Reads the list.</summary>
    /// <returns>The list when it is there, genuine, young and none of it has lapsed (a touch may have moved that end); else why not.</returns>
    public async ValueTask<UserSessionsEntry> LookUpAsync(UInt128 partition, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (suspects.Contains(KeyOf(partition)))
        {
            return default;
        }

        var name = NameOf(partition);
        try
        {
            return Judge(partition, name, await cache.GetAsync(name, cancellationToken), consistency);
        }
        catch (CacheUnavailableException)
        {
            return new UserSessionsEntry(CacheVerdict.Unavailable);
        }
    }

    /// <summary>Requests the lease to fill the list. Call before the table is read.</summary>
    public async ValueTask<byte[]?> LeaseAsync(UInt128 partition, byte[]? replaceable, CancellationToken cancellationToken)
    {
        if (suspects.Contains(KeyOf(partition)))
        {
            return null;
        }

        var lease = new byte[LeaseBytes];
        lease[0] = CacheValue.Lease;
        RandomNumberGenerator.Fill(lease.AsSpan(1));
        try
        {
            var present = await cache.LeaseAsync(NameOf(partition), lease, replaceable, options.Value.LeaseTime, cancellationToken);
            return present is null ? lease : null;
        }
        catch (CacheUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Replaces the lease by the list, if the lease is still there.</summary>
    public async ValueTask FillAsync(UInt128 partition, byte[] lease, IReadOnlyList<Session> live, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var body = new byte[8 + (live.Count * ItemBytes)];
        BinaryPrimitives.WriteInt64LittleEndian(body, readAt.ToUnixTimeMilliseconds());
        for (var i = 0; i < live.Count; i++)
        {
            var item = body.AsSpan(8 + (i * ItemBytes));
            BinaryPrimitives.WriteUInt128BigEndian(item, live[i].Locator.Id);
            BinaryPrimitives.WriteInt64LittleEndian(item[16..], live[i].IdleExpiresAt.ToUnixTimeMilliseconds());
        }

        Span<byte> header = stackalloc byte[CacheValue.LiveHeaderBytes];
        header[0] = CacheValue.Live;
        readAt.ToUnixTimeMilliseconds().TryFormat(header[1..], out _, "x16", CultureInfo.InvariantCulture);
        var name = NameOf(partition);
        var value = sealer.Seal(name, header, body);
        try
        {
            await cache.FillAsync(name, lease, value, _maxAge, cancellationToken);
        }
        catch (CacheUnavailableException)
        {
            metrics.CacheWriteLost("fill");
        }
    }

    /// <summary>Removes the list, or a lease for it, after a session of the user was created.</summary>
    /// <returns>Whether Redis confirmed.</returns>
    public async ValueTask<bool> DropAsync(UInt128 partition, CancellationToken cancellationToken)
    {
        try
        {
            await cache.RemoveAsync(NameOf(partition), expected: null, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is CacheUnavailableException or OperationCanceledException)
        {
            Distrust(partition);
            metrics.CacheWriteLost("list");
            return false;
        }
    }

    /// <summary>Bypasses the cached list of a user until older lists have expired.</summary>
    public void Distrust(UInt128 partition) => suspects.Add(KeyOf(partition), timeProvider.GetUtcNow() + _maxAge + options.Value.ClockSkew);

    private UserSessionsEntry Judge(UInt128 partition, string name, byte[]? value, ReadConsistency consistency)
    {
        if (value is null)
        {
            return new UserSessionsEntry(CacheVerdict.Absent);
        }

        if (value.Length > 0 && value[0] == CacheValue.Lease)
        {
            return new UserSessionsEntry(CacheVerdict.Leased);
        }

        var opening = sealer.OpenInPlace(name, value, CacheValue.LiveHeaderBytes, out var body);
        if (opening is Opening.KeyUnknown)
        {
            return new UserSessionsEntry(CacheVerdict.Leased);
        }

        if (opening is Opening.Refused || body.Length < 8 || (body.Length - 8) % ItemBytes != 0)
        {
            metrics.CachePoisoned();
            return new UserSessionsEntry(CacheVerdict.Unusable, Stamp: CacheSealer.StampOf(value, CacheValue.LiveHeaderBytes), IsPoisoned: true);
        }

        var now = timeProvider.GetUtcNow();
        var age = now - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(body.Span));
        return age > _maxAge || !consistency.Allows(age) || ReadItems(partition, body.Span[8..], now) is not { } ids
            ? new UserSessionsEntry(CacheVerdict.Unusable, Stamp: CacheSealer.StampOf(value, CacheValue.LiveHeaderBytes))
            : new UserSessionsEntry(CacheVerdict.Live, ids, Age: age);
    }

    private static SessionId[]? ReadItems(UInt128 partition, ReadOnlySpan<byte> items, DateTimeOffset now)
    {
        var ids = new SessionId[items.Length / ItemBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            var item = items[(i * ItemBytes)..];
            if (BinaryPrimitives.ReadInt64LittleEndian(item[16..]) <= now.ToUnixTimeMilliseconds())
            {
                return null;
            }

            ids[i] = new SessionId(new SessionLocator(partition, BinaryPrimitives.ReadUInt128BigEndian(item)));
        }

        return ids;
    }
}

/// <summary>Cache entry of a user's list of sessions.</summary>
/// <param name="Verdict">The kind.</param>
/// <param name="Ids">The user's live sessions, for a valid entry.</param>
/// <param name="Stamp">The prefix that identifies the value, for an unusable entry.</param>
/// <param name="IsPoisoned">Whether it is unusable because it is not genuine.</param>
/// <param name="Age">How long ago it was read from the table, when it counts.</param>
internal readonly record struct UserSessionsEntry(
    CacheVerdict Verdict, IReadOnlyList<SessionId>? Ids = null, byte[]? Stamp = null, bool IsPoisoned = false, TimeSpan Age = default);
