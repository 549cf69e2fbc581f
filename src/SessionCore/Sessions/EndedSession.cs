using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Ended session, without claims, data and device.</summary>
public sealed class EndedSession
{
    // Format 1, little endian: format (1), ended at (8, Unix milliseconds), secret hash (32), reason's length (1), reason (ASCII), JSON.
    private const byte Format = 1;
    private const int EndedAtAt = 1;
    private const int SecretAt = 9;
    private const int ReasonLengthAt = SecretAt + Digest.ByteLength;
    private const int ReasonAt = ReasonLengthAt + 1;

    private readonly ReadOnlyMemory<byte> _bytes;

    private EndedSession(SessionLocator locator, ReadOnlyMemory<byte> bytes, bool isWritten)
    {
        Locator = locator;
        IsWritten = isWritten;
        _bytes = bytes;
    }

    /// <summary>Gets the public id.</summary>
    public SessionId Id => new(Locator);

    /// <summary>Gets the reason: one of <see cref="EndReasons"/> or a caller's own, in kebab-case.</summary>
    public string Reason => Encoding.ASCII.GetString(_bytes.Span.Slice(ReasonAt, _bytes.Span[ReasonLengthAt]));

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset EndedAt => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[EndedAtAt..]));

    internal SessionLocator Locator { get; }

    /// <summary>
    /// Gets a value indicating whether the end is written in its row and therefore final. Otherwise the session has lapsed or is older
    /// than revoke-before.
    /// </summary>
    internal bool IsWritten { get; }

    internal Digest Secret => Digest.Read(_bytes.Span[SecretAt..]);

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Appends the representation, a complete JSON object; the same for services and users.</summary>
    public void WriteTo(IBufferWriter<byte> output) => output.Write(_bytes.Span[(ReasonAt + _bytes.Span[ReasonLengthAt])..]);

    internal static EndedSession From(Session session, string reason, DateTimeOffset at)
    {
        var output = new ArrayBufferWriter<byte>(ReasonAt + reason.Length + 512);
        var header = output.GetSpan(ReasonAt + reason.Length);
        header[0] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(header[EndedAtAt..], at.ToUnixTimeMilliseconds());
        session.Secret.Current.Write(header[SecretAt..]);
        header[ReasonLengthAt] = (byte)Encoding.ASCII.GetBytes(reason, header[ReasonAt..]);
        output.Advance(ReasonAt + reason.Length);
        SessionJson.WriteEnded(output, session, reason, at);
        return new EndedSession(session.Locator, output.WrittenSpan.ToArray(), session.IsEnded);
    }

    internal static EndedSession? Read(SessionLocator locator, ReadOnlyMemory<byte> bytes) =>
        bytes.Length > ReasonAt && bytes.Span[0] == Format && bytes.Length > ReasonAt + bytes.Span[ReasonLengthAt]
            ? new EndedSession(locator, bytes, isWritten: true)
            : null;
}
