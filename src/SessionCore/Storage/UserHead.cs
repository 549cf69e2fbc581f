using System.Buffers.Binary;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Head row of a user: lists the live session rows. Its entity tag serialises every change of that set.</summary>
/// <remarks>
/// The ids keep the cost of a user's operations proportional to the live rows: ended rows stay in the partition for the retention, and
/// point reads find the live ones where a scan would read too many. A row whose state is live but that is not listed here was put back
/// by another writer. Recently ended sessions are kept for a sign-out everywhere, which also repeats their tombstones.
/// </remarks>
internal sealed record UserHead : ITaggedRow
{
    /// <summary>
    /// Maximum number of recently ended sessions in a head; beyond it the head keeps only the time of the last one omitted.
    /// </summary>
    public const int MaxLately = SessionPolicyOptions.HardLimit;

    /// <summary>Properties that <see cref="Read"/> needs.</summary>
    public static readonly IReadOnlyList<string> Outline = [CountName, LiveName, LatelyName, LeftOutName, UserName, SessionRow.State, RowTags.Name];

    private const string CountName = "count";
    private const string LiveName = "live";
    private const string LatelyName = "lately";
    private const string LeftOutName = "leftOut";
    private const string UserName = "user";
    private const int IdBytes = 16;
    private const int LatelyBytes = IdBytes + sizeof(long);

    private UserHead(UInt128 partition, string? userId, IReadOnlyList<UInt128> live, IReadOnlyList<RecentEnd> lately, DateTimeOffset? leftOut, string? etag)
    {
        Partition = partition;
        UserId = userId;
        Live = live;
        Lately = lately;
        LeftOut = leftOut;
        ETag = etag;
    }

    /// <summary>Gets the user's partition.</summary>
    public UInt128 Partition { get; }

    /// <summary>Gets the user; null for an anonymous session.</summary>
    public string? UserId { get; }

    /// <summary>Gets the ids of exactly the session rows of the partition whose state is live, including lapsed ones.</summary>
    public IReadOnlyList<UInt128> Live { get; private init; }

    /// <summary>Gets the recently ended sessions, in the order in which their ends were written.</summary>
    public IReadOnlyList<RecentEnd> Lately { get; private init; }

    /// <summary>Gets when the last session ended that <see cref="Lately"/> omits; null when it has all.</summary>
    public DateTimeOffset? LeftOut { get; private init; }

    /// <summary>Gets the entity tag as read; null for a new head.</summary>
    public string? ETag { get; }

    public static string RowKeyOf(UInt128 partition) => string.Concat("u_", SessionLocator.Hex(partition));

    /// <summary>Returns the head of a user without session rows.</summary>
    public static UserHead None(UInt128 partition, string? userId) => new(partition, userId, [], [], leftOut: null, etag: null);

    /// <summary>Returns the head with another live session.</summary>
    public UserHead With(UInt128 id) => this with { Live = [.. Live, id] };

    /// <summary>Returns the head after rows were deleted.</summary>
    /// <param name="ids">The rows.</param>
    /// <param name="since">Ends before this instant are dropped.</param>
    public UserHead Without(IReadOnlyCollection<UInt128> ids, DateTimeOffset since) => Ended([], since, since) with { Live = Except(ids) };

    /// <summary>Returns the head with exactly these rows.</summary>
    public UserHead Naming(IReadOnlyList<UInt128> ids) => this with { Live = ids };

    /// <summary>Whether the head lists all of these sessions.</summary>
    public bool NamesAll(IReadOnlyCollection<Session> sessions) => sessions.All(session => Live.Contains(session.Locator.Id));

    /// <summary>Whether the head lists exactly these sessions.</summary>
    public bool Names(IReadOnlyCollection<Session> sessions) =>
        sessions.Count == Live.Count && NamesAll(sessions);

    /// <summary>Returns the head after sessions ended.</summary>
    /// <param name="ids">The sessions.</param>
    /// <param name="at">The time of the end.</param>
    /// <param name="since">Ends before this instant are dropped.</param>
    public UserHead Ended(IReadOnlyCollection<UInt128> ids, DateTimeOffset at, DateTimeOffset since)
    {
        List<RecentEnd> lately = [.. Lately.Where(end => end.At >= since), .. ids.Select(id => new RecentEnd(id, at))];
        var surplus = Math.Max(0, lately.Count - MaxLately);

        // Clocks of instances differ, so the end that was written last need not be the latest.
        var leftOut = lately.Take(surplus).Select(end => (DateTimeOffset?)end.At).Append(LeftOut).Max();
        return this with
        {
            Live = Except(ids),
            Lately = lately[surplus..],
            LeftOut = leftOut >= since ? leftOut : null,
        };
    }

    /// <summary>
    /// Returns the write of the row. An empty head stays while the partition may have ended rows, so that rows put back by another
    /// writer are detected; an anonymous user has no other row.
    /// </summary>
    /// <param name="tags">Makes the tag.</param>
    public TableWrite ToWrite(RowTags tags)
    {
        if (ETag is null)
        {
            return TableWrite.Insert(ToRow(tags));
        }

        // A merge would keep what somebody else has put into the row, and a head that is to be repaired would not verify.
        return MayGo
            ? TableWrite.Delete(SessionLocator.Hex(Partition), RowKeyOf(Partition), ETag)
            : TableWrite.Replace(ToRow(tags), ETag);
    }

    /// <summary>Returns the complete row.</summary>
    public TableRow ToRow(RowTags tags) => new TableRow(SessionLocator.Hex(Partition), RowKeyOf(Partition))
        .Set(CountName, Live.Count)
        .Set(LiveName, BytesOf(Live))
        .Set(LatelyName, BytesOf(Lately))
        .Set(LeftOutName, LeftOut ?? DateTimeOffset.UnixEpoch)
        .Set(UserName, UserId)
        .Set(SessionRow.State, SessionRow.Live)
        .Set(RowTags.Name, tags.Make(ToFacts()));

    /// <summary>Whether the head lists no live session and no end after <paramref name="since"/>.</summary>
    public bool IsIdle(DateTimeOffset since) => Live.Count == 0 && Lately.All(end => end.At < since) && !(LeftOut >= since);

    /// <summary>Returns a replacement for a head that does not verify, from the user's live rows.</summary>
    /// <param name="partition">The user.</param>
    /// <param name="etag">The entity tag of the row, which was read before the sessions.</param>
    /// <param name="live">The user's live rows.</param>
    /// <param name="now">The current time, until which unlisted sessions may have ended.</param>
    public static UserHead Rebuilt(UInt128 partition, string etag, IReadOnlyList<Session> live, DateTimeOffset now) =>
        new(partition, live.Count == 0 ? null : live[0].UserId, [.. live.Select(session => session.Locator.Id)], [], now, etag);

    /// <summary>
    /// Reads a head row. Its content is trusted only after <see cref="GenuineRows"/> has checked its tag. Its state is always live, so
    /// that one query finds the head with the live rows.
    /// </summary>
    /// <returns>Null when the row is not a head or is malformed.</returns>
    public static UserHead? Read(UInt128 partition, TableRow row) =>
        row.RowKey == RowKeyOf(partition)
        && row.GetString(SessionRow.State) == SessionRow.Live
        && IdsOf(row.GetBinary(LiveName) ?? []) is { } live
        && row.GetInt64(CountName) == live.Length
        && EndsOf(row.GetBinary(LatelyName) ?? []) is { } lately
            ? new UserHead(partition, row.GetString(UserName), live, lately, LeftOutOf(row), row.ETag)
            : null;

    public RowFacts ToFacts() => new RowFacts("head", SessionLocator.Hex(Partition), RowKeyOf(Partition))
        .Put(UserId)
        .Put(BytesOf(Live))
        .Put(BytesOf(Lately))
        .Put(LeftOut);

    private UInt128[] Except(IReadOnlyCollection<UInt128> ids) => [.. Live.Where(id => !ids.Contains(id))];

    private static DateTimeOffset? LeftOutOf(TableRow row) => row.GetTime(LeftOutName) is { } time && time > DateTimeOffset.UnixEpoch ? time : null;

    private bool MayGo => UserId is null && Live.Count == 0 && Lately.Count == 0 && LeftOut is null;

    private static byte[] BytesOf(IReadOnlyList<UInt128> ids)
    {
        var bytes = new byte[IdBytes * ids.Count];
        for (var i = 0; i < ids.Count; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(IdBytes * i), ids[i]);
        }

        return bytes;
    }

    private static byte[] BytesOf(IReadOnlyList<RecentEnd> ends)
    {
        var bytes = new byte[LatelyBytes * ends.Count];
        for (var i = 0; i < ends.Count; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(LatelyBytes * i), ends[i].Id);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((LatelyBytes * i) + IdBytes), ends[i].At.ToUnixTimeMilliseconds());
        }

        return bytes;
    }

    private static UInt128[]? IdsOf(byte[] bytes)
    {
        if (bytes.Length % IdBytes != 0)
        {
            return null;
        }

        var ids = new UInt128[bytes.Length / IdBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(IdBytes * i));
        }

        return ids;
    }

    private static RecentEnd[]? EndsOf(byte[] bytes)
    {
        if (bytes.Length % LatelyBytes != 0)
        {
            return null;
        }

        var ends = new RecentEnd[bytes.Length / LatelyBytes];
        for (var i = 0; i < ends.Length; i++)
        {
            var at = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan((LatelyBytes * i) + IdBytes));
            if (at < 0 || at > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            {
                return null;
            }

            ends[i] = new RecentEnd(BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(LatelyBytes * i)), DateTimeOffset.FromUnixTimeMilliseconds(at));
        }

        return ends;
    }
}

/// <summary>Recently ended session.</summary>
/// <param name="Id">The id in the user's partition.</param>
/// <param name="At">The time of the end.</param>
internal readonly record struct RecentEnd(UInt128 Id, DateTimeOffset At);
