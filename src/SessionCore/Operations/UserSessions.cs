using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Operations;

/// <summary>Lists and counts of a user's sessions. The user's partition is the index, so a list is never stale.</summary>
internal sealed class UserSessions(SessionTable table, UserRowsReader userRows, UserSessionsCache cache, RevocationEpoch epoch, TimeProvider timeProvider)
{
    // For live sessions: created (8, Unix milliseconds) and id (16) of the last session of the page.
    private const int ContinuationBytes = 24;

    // With ended sessions: the last row key as text, because pages follow the order of the rows.
    private const int MaxKeyBytes = 64;

    /// <summary>Lists a user's sessions: live ones newest first; lists with ended ones in the order of ids.</summary>
    public Task<SessionPage> ListAsync(
        UInt128 partition, SessionListState state, int pageSize, string? continuation, ReadConsistency consistency, CancellationToken cancellationToken) =>
        state is SessionListState.Live
            ? ListLiveAsync(partition, pageSize, continuation, consistency, cancellationToken)
            : ListByKeyAsync(partition, state, pageSize, continuation, consistency, cancellationToken);

    private async Task<SessionPage> ListLiveAsync(
        UInt128 partition, int pageSize, string? continuation, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (!TryReadContinuation(continuation, out var after))
        {
            return new SessionPage { ContinuationRefused = true };
        }

        var readAt = timeProvider.GetUtcNow();
        var revokedBefore = await epoch.GetAsync(consistency, cancellationToken);
        var rows = await userRows.ReadLiveAsync(partition, withContent: true, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var chosen = rows.Sessions
            .Where(session => session.EndAt(now, revokedBefore) is null)
            .OrderByDescending(session => session.CreatedAt)
            .ThenByDescending(session => session.Locator.Id)
            .Where(session => after is not { } last
                || session.CreatedAt < last.CreatedAt
                || (session.CreatedAt == last.CreatedAt && session.Locator.Id < last.Id))
            .Take(pageSize + 1)
            .ToArray();
        var page = chosen.Length > pageSize ? chosen[..pageSize] : chosen;
        return new SessionPage
        {
            Sessions = ReadAll(page, now, revokedBefore, readAt),
            Continuation = chosen.Length > pageSize ? WriteContinuation(page[^1]) : null,
        };
    }

    // One page of rows per page of the answer, regardless of ended rows. It may have fewer sessions than requested.
    private async Task<SessionPage> ListByKeyAsync(
        UInt128 partition, SessionListState state, int pageSize, string? continuation, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (!TryReadKey(continuation, out var after))
        {
            return new SessionPage { ContinuationRefused = true };
        }

        var readAt = timeProvider.GetUtcNow();
        var revokedBefore = await epoch.GetAsync(consistency, cancellationToken);
        // The head comes first: a session that it does not name has begun since, or is not live.
        var head = state is SessionListState.All ? await userRows.FindHeadAsync(partition, cancellationToken) : null;
        var (rows, last) = await userRows.ReadPageAsync(partition, after, pageSize, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var chosen = rows.Where(session => session.EndAt(now, revokedBefore) is not null
            || (state is SessionListState.All && head?.Live.Contains(session.Locator.Id) != false));
        return new SessionPage
        {
            Sessions = ReadAll(chosen, now, revokedBefore, readAt),
            Continuation = last is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last)),
        };
    }

    public async Task<SessionCount> CountAsync(UInt128 partition, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        var entry = consistency.IsStrong ? default : await cache.LookUpAsync(partition, consistency, cancellationToken);
        if (entry.Ids is { } ids)
        {
            return new SessionCount(ids.Count, ReadSource.Cache, Degraded: false, entry.Age);
        }

        // The lease is taken before the read, as for single sessions.
        var lease = entry.Verdict is CacheVerdict.Absent or CacheVerdict.Unusable
            ? await cache.LeaseAsync(partition, entry.Stamp, cancellationToken)
            : null;
        var readAt = timeProvider.GetUtcNow();
        var revokedBefore = await epoch.GetAsync(consistency, cancellationToken);
        var rows = await userRows.ReadLiveAsync(partition, withContent: false, cancellationToken);
        var now = timeProvider.GetUtcNow();
        var live = rows.Sessions.Where(session => session.EndAt(now, revokedBefore) is null).ToArray();
        if (lease is not null)
        {
            await cache.FillAsync(partition, lease, live, readAt, cancellationToken);
        }

        return new SessionCount(live.Length, ReadSource.Table, entry.Verdict is CacheVerdict.Unavailable);
    }

    private SessionReading[] ReadAll(IEnumerable<Session> sessions, DateTimeOffset now, RevokedBefore revokedBefore, DateTimeOffset readAt) =>
        [.. sessions.Select(session => Read(session, now, revokedBefore, readAt)).Where(reading => !reading.IsUnknown)];

    private SessionReading Read(Session session, DateTimeOffset now, RevokedBefore revokedBefore, DateTimeOffset readAt)
    {
        if (session.EndAt(now, revokedBefore) is { } end)
        {
            return new SessionReading(Live: null, EndedSession.From(session, end.Reason, end.At), ReadSource.Table, Degraded: false);
        }

        return table.Open(session) is { } body
            ? new SessionReading(LiveSession.From(session, body, readAt), Ended: null, ReadSource.Table, Degraded: false)
            : default;
    }

    private static string WriteContinuation(Session last)
    {
        Span<byte> bytes = stackalloc byte[ContinuationBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, last.CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt128BigEndian(bytes[8..], last.Locator.Id);
        return Base64Url.EncodeToString(bytes);
    }

    private static bool TryReadKey(string? text, out string? key)
    {
        key = null;
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[MaxKeyBytes];
        if (text.Length > Base64Url.GetEncodedLength(MaxKeyBytes)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done)
        {
            return false;
        }

        key = Encoding.UTF8.GetString(bytes[..length]);
        return TableRules.IsKey(key) && key.StartsWith("s_", StringComparison.Ordinal);
    }

    private static bool TryReadContinuation(string? text, out (DateTimeOffset CreatedAt, UInt128 Id)? after)
    {
        after = null;
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[ContinuationBytes];
        if (!StrictBase64Url.TryDecode(text, bytes))
        {
            return false;
        }

        var created = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (created < 0 || created > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return false;
        }

        after = (DateTimeOffset.FromUnixTimeMilliseconds(created), BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]));
        return true;
    }
}
