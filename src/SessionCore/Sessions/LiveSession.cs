using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Live session as answered and cached: a fixed header and the pre-rendered JSON of the answer.</summary>
/// <remarks>The session was live when it was read; callers check its ends before each use.</remarks>
public sealed class LiveSession
{
    // Format 4, little endian: format (1), read at, created, idle end, absolute end, last seen, rotated at (8 each, Unix
    // milliseconds; 0 for never), data version (8), idle timeout (4, seconds), level (1), flags (1), current secret hash (32),
    // digest of what activity leaves alone (32), claims at, data at (4 each, from the JSON's start), lengths of the values of the
    // authentication methods and of the actor (2 each; 0 for none), length of the creating client (2), length of the previous
    // secrets (1), entity tag's length (2), entity tag (UTF-8), previous secrets, digest of the key (32) and number of the client's
    // keys (16; 0 when the client is not known) where the flags tell of a key, creating client (UTF-8), JSON.
    private const byte Format = 4;
    private const int ReadAtAt = 1;
    private const int CreatedAtAt = 9;
    private const int IdleEndAt = 17;
    private const int AbsoluteEndAt = 25;
    private const int LastSeenAtAt = 33;
    private const int RotatedAtAt = 41;
    private const int DataVersionAt = 49;
    private const int IdleTimeoutAt = 57;
    private const int LevelAt = 61;
    private const int FlagsAt = 62;
    private const int CurrentAt = 63;
    private const int FactsAt = CurrentAt + Digest.ByteLength;
    private const int ClaimsOffsetAt = FactsAt + Digest.ByteLength;
    private const int DataOffsetAt = ClaimsOffsetAt + 4;
    private const int MethodsLengthAt = DataOffsetAt + 4;
    private const int ActorLengthAt = MethodsLengthAt + 2;
    private const int ClientLengthAt = ActorLengthAt + 2;
    private const int PreviousLengthAt = ClientLengthAt + 2;
    private const int ETagLengthAt = PreviousLengthAt + 1;
    private const int ETagAt = ETagLengthAt + 2;
    private const byte AnonymousFlag = 1;
    private const byte PersistentFlag = 2;
    private const byte KeyFlag = 4;
    private const int KeyBytes = Digest.ByteLength + 16;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _previousAt;
    private readonly int _keyAt;
    private readonly int _clientAt;
    private readonly int _jsonAt;

    private LiveSession(SessionLocator locator, long version, ReadOnlyMemory<byte> bytes)
    {
        Locator = locator;
        Version = version;
        _bytes = bytes;
        _previousAt = ETagAt + Length(ETagLengthAt);
        _keyAt = _previousAt + bytes.Span[PreviousLengthAt];
        _clientAt = _keyAt + (HasKey ? KeyBytes : 0);
        _jsonAt = _clientAt + Length(ClientLengthAt);
    }

    /// <summary>Gets the public id.</summary>
    public SessionId Id => new(Locator);

    /// <summary>Gets the version of the session, which is the <c>ETag</c> of the API.</summary>
    public long Version { get; }

    /// <summary>Gets the version of the last write of data or claims, which is the <c>ETag</c> of both.</summary>
    public long DataVersion => Number(DataVersionAt);

    /// <summary>Gets when the session was created.</summary>
    public DateTimeOffset CreatedAt => Time(CreatedAtAt);

    /// <summary>Gets when activity was last written; later activity within the slack is not included.</summary>
    public DateTimeOffset LastSeenAt => Time(LastSeenAtAt);

    /// <summary>Gets the instant from which it is no longer live without further activity.</summary>
    public DateTimeOffset IdleExpiresAt => Time(IdleEndAt);

    /// <summary>Gets the instant from which it is no longer live regardless of activity.</summary>
    public DateTimeOffset AbsoluteExpiresAt => Time(AbsoluteEndAt);

    /// <summary>Gets the assurance level of the authentication.</summary>
    public AssuranceLevel AssuranceLevel => (AssuranceLevel)_bytes.Span[LevelAt];

    /// <summary>Gets a value indicating whether it has no user.</summary>
    public bool IsAnonymous => (_bytes.Span[FlagsAt] & AnonymousFlag) != 0;

    /// <summary>Gets a value indicating whether the user is remembered: its limits are those of persistent sessions.</summary>
    public bool IsPersistent => (_bytes.Span[FlagsAt] & PersistentFlag) != 0;

    /// <summary>Gets the id of the client that created it; null when that is not known.</summary>
    public string? Client => _clientAt == _jsonAt ? null : Encoding.UTF8.GetString(_bytes.Span[_clientAt.._jsonAt]);

    /// <summary>Gets the JSON array of the names of the authentication methods, UTF-8; empty when none is known.</summary>
    public ReadOnlySpan<byte> AuthenticationMethodsJson => _bytes.Span[MethodsStart..(MethodsStart + Length(MethodsLengthAt))];

    /// <summary>Gets the JSON object of who acts as the user, UTF-8; empty when the user does.</summary>
    public ReadOnlySpan<byte> ActorJson => _bytes.Span[(_jsonAt + ClaimsOffset - Length(ActorLengthAt))..(_jsonAt + ClaimsOffset)];

    /// <summary>Gets the subject of the actor (RFC 8693 section 4.1); null when the user acts.</summary>
    public string? Impersonator => SessionJson.SubjectOf(_bytes[(_jsonAt + ClaimsOffset - Length(ActorLengthAt))..(_jsonAt + ClaimsOffset)]);

    /// <summary>Gets the JSON of the claims member, UTF-8.</summary>
    public ReadOnlySpan<byte> ClaimsJson => _bytes.Span[(_jsonAt + ClaimsOffset + SessionJson.ClaimsName.Length)..(_jsonAt + DataOffset)];

    /// <summary>Gets the JSON of the data member, UTF-8.</summary>
    public ReadOnlySpan<byte> DataJson => _bytes.Span[(_jsonAt + DataOffset + SessionJson.DataName.Length)..];

    /// <summary>Whether a token is the one that was issued last, and not a former one that is still accepted.</summary>
    public bool IsCurrent(in SessionToken token) => CurrentSecret.Matches(token.SecretHash);

    internal SessionLocator Locator { get; }

    internal DateTimeOffset ReadAt => Time(ReadAtAt);

    internal TimeSpan IdleTimeout => TimeSpan.FromSeconds(BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[IdleTimeoutAt..]));

    internal DateTimeOffset RotatedAt => Time(RotatedAtAt);

    internal Digest CurrentSecret => Digest.Read(_bytes.Span[CurrentAt..]);

    internal ReadOnlySpan<byte> PreviousSecrets => _bytes.Span[_previousAt.._keyAt];

    internal Digest Facts => Digest.Read(_bytes.Span[FactsAt..]);

    /// <summary>Gets the digest of its key; zero without one.</summary>
    internal Digest Key => HasKey ? Digest.Read(_bytes.Span[_keyAt..]) : default;

    internal UInt128? Namespace =>
        HasKey && BinaryPrimitives.ReadUInt128BigEndian(_bytes.Span[(_keyAt + Digest.ByteLength)..]) is var number && number != UInt128.Zero ? number : null;

    internal string ETag => Encoding.UTF8.GetString(_bytes.Span[ETagAt.._previousAt]);

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    private bool HasKey => (_bytes.Span[FlagsAt] & KeyFlag) != 0;

    private int DataOffset => BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[DataOffsetAt..]);

    private int ClaimsOffset => BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[ClaimsOffsetAt..]);

    // The actor is the last member before the claims, and the methods are the last one before it.
    private int MethodsStart
    {
        get
        {
            var actor = Length(ActorLengthAt);
            return _jsonAt + ClaimsOffset - (actor == 0 ? 0 : actor + SessionJson.ActorName.Length) - Length(MethodsLengthAt);
        }
    }

    /// <summary>Appends the representation, a whole JSON object. Copies and appends; parses nothing.</summary>
    /// <param name="output">The output.</param>
    /// <param name="view">The members to include.</param>
    /// <param name="now">The instant from which the remaining seconds count.</param>
    /// <param name="current">Whether a user's list marks it as the session of the request.</param>
    public void WriteTo(IBufferWriter<byte> output, SessionView view, DateTimeOffset now, bool current = false)
    {
        var json = _bytes.Span[_jsonAt..];
        output.Write(view switch
        {
            SessionView.Service => json,
            SessionView.User => json[..DataOffset],
            _ => json[..ClaimsOffset],
        });

        SessionJson.WriteTail(output, Number(LastSeenAtAt), Number(IdleEndAt), Version, SecondsLeft(IdleEndAt, now), SecondsLeft(AbsoluteEndAt, now));
        if (view is SessionView.UserListItem)
        {
            output.Write(current ? ",\"current\":true"u8 : ",\"current\":false"u8);
        }

        output.Write("}"u8);
    }

    /// <summary>Appends a JSON object of the id and of the members that differ between two answers of the same version.</summary>
    /// <param name="output">The output.</param>
    /// <param name="now">The instant from which the remaining seconds count.</param>
    public void WriteUnchangedTo(IBufferWriter<byte> output, DateTimeOffset now) =>
        SessionJson.WriteUnchanged(output, _bytes.Span[_jsonAt..], SecondsLeft(IdleEndAt, now), SecondsLeft(AbsoluteEndAt, now));

    /// <summary>Reads who signed in, and when; parses the representation.</summary>
    public SignIn ReadSignIn() => SessionJson.ReadSignIn(_bytes.Span[_jsonAt..(_jsonAt + ClaimsOffset)]);

    internal static LiveSession From(Session session, SessionBody body, DateTimeOffset readAt)
    {
        var etag = Encoding.UTF8.GetBytes(session.ETag ?? "");
        var previous = session.Secret.Previous.Bytes;
        var client = Encoding.UTF8.GetBytes(session.Client ?? "");
        var keyAt = ETagAt + etag.Length + previous.Length;
        var jsonAt = keyAt + (session.Key is null ? 0 : KeyBytes) + client.Length;
        var output = new ArrayBufferWriter<byte>(jsonAt + 512 + body.Claims.Length + body.Data.Length + body.Device.Length + body.Methods.Length + body.Actor.Length);
        output.GetSpan(jsonAt).Clear();
        output.Advance(jsonAt);

        // The JSON is rendered after the space reserved for the header, which contains the offsets of claims and data.
        SessionJson.WriteKept(output, session, body, out var claimsAt, out var dataAt);
        var bytes = output.WrittenSpan.ToArray();
        bytes[0] = Format;
        PutTime(bytes, ReadAtAt, readAt);
        PutTime(bytes, CreatedAtAt, session.CreatedAt);
        PutTime(bytes, AbsoluteEndAt, session.AbsoluteExpiresAt);
        PutTime(bytes, RotatedAtAt, session.Secret.RotatedAt ?? DateTimeOffset.UnixEpoch);
        PutActivity(bytes, session.LastSeenAt, session.IdleExpiresAt);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(IdleTimeoutAt), (int)session.IdleTimeout.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(DataVersionAt), session.DataVersion);
        bytes[LevelAt] = (byte)session.AssuranceLevel;
        bytes[FlagsAt] = (byte)((session.UserId is null ? AnonymousFlag : 0) | (session.IsPersistent ? PersistentFlag : 0) | (session.Key is null ? 0 : KeyFlag));
        session.Secret.Current.Write(bytes.AsSpan(CurrentAt));
        bytes[PreviousLengthAt] = (byte)previous.Length;
        session.Facts.Write(bytes.AsSpan(FactsAt));
        if (session.Key is { } key)
        {
            key.Write(bytes.AsSpan(keyAt));
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(keyAt + Digest.ByteLength), session.Namespace.GetValueOrDefault());
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(ClaimsOffsetAt), claimsAt - jsonAt);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(DataOffsetAt), dataAt - jsonAt);
        PutLength(bytes, MethodsLengthAt, body.Methods.Length);
        PutLength(bytes, ActorLengthAt, body.Actor.Length);
        PutLength(bytes, ClientLengthAt, client.Length);
        PutLength(bytes, ETagLengthAt, etag.Length);
        etag.CopyTo(bytes, ETagAt);
        previous.CopyTo(bytes.AsSpan(ETagAt + etag.Length));
        client.CopyTo(bytes, jsonAt - client.Length);
        return new LiveSession(session.Locator, session.Version, bytes);
    }

    /// <summary>Whether an address is the last one that was written. False when it is not known.</summary>
    public bool WasSeenAt(string ipAddress)
    {
        // A quotation mark in another value of the device is escaped, so this text stands nowhere else before the claims.
        Span<byte> member = stackalloc byte[SessionJson.MaxLastAddressBytes];
        return SessionJson.TryWriteLastAddress(ipAddress, member, out var written)
            && _bytes.Span[_jsonAt..(_jsonAt + ClaimsOffset)].IndexOf(member[..written]) >= 0;
    }

    /// <summary>Reads authenticated <see cref="Bytes"/>; null when they have another format.</summary>
    internal static LiveSession? Read(SessionLocator locator, long version, ReadOnlyMemory<byte> bytes) =>
        bytes.Length > ETagAt && bytes.Span[0] == Format ? new LiveSession(locator, version, bytes) : null;

    /// <summary>Returns the session after written activity. The pre-rendered JSON does not contain activity.</summary>
    internal LiveSession SeenAt(DateTimeOffset lastSeen, DateTimeOffset idleEnd, long version, string etag, DateTimeOffset readAt)
    {
        var tag = Encoding.UTF8.GetBytes(etag);
        var rest = _bytes.Span[_previousAt..];
        var bytes = new byte[ETagAt + tag.Length + rest.Length];
        _bytes.Span[..ETagAt].CopyTo(bytes);
        PutTime(bytes, ReadAtAt, readAt);
        PutActivity(bytes, lastSeen, idleEnd);
        PutLength(bytes, ETagLengthAt, tag.Length);
        tag.CopyTo(bytes, ETagAt);
        rest.CopyTo(bytes.AsSpan(ETagAt + tag.Length));
        return new LiveSession(Locator, version, bytes);
    }

    internal bool IsLiveAt(DateTimeOffset now, RevokedBefore revoked)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        return milliseconds < Number(IdleEndAt)
            && milliseconds < Number(AbsoluteEndAt)
            && Number(CreatedAtAt) >= revoked.LatestOf(Namespace).ToUnixTimeMilliseconds();
    }

    private static void PutActivity(byte[] bytes, DateTimeOffset lastSeen, DateTimeOffset idleEnd)
    {
        PutTime(bytes, LastSeenAtAt, lastSeen);
        PutTime(bytes, IdleEndAt, idleEnd);
    }

    private static void PutTime(byte[] bytes, int at, DateTimeOffset time) =>
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), time.ToUnixTimeMilliseconds());

    private static void PutLength(byte[] bytes, int at, int length) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)length);

    private long SecondsLeft(int endAt, DateTimeOffset now) => Math.Max(0, (Number(endAt) - now.ToUnixTimeMilliseconds()) / 1000);

    private int Length(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[at..]);

    private long Number(int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[at..]);

    private DateTimeOffset Time(int at) => DateTimeOffset.FromUnixTimeMilliseconds(Number(at));
}
