using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SessionFunctions.Client.Passports;

/// <summary>The first 16 bytes of SHA-256 over a sid: how the feed names a session.</summary>
internal readonly record struct SidHash(ulong High, ulong Low)
{
    public const int Bytes = 16;

    private const int MaxStackChars = 128;

    public static SidHash Of(string sid)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(sid.Length);
        Span<byte> text = sid.Length <= MaxStackChars ? stackalloc byte[length] : new byte[length];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(sid, text)], hash);
        return Read(hash);
    }

    public static SidHash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    // The bits are those of SHA-256, so any of them are as good as a hash of all.
    public override int GetHashCode() => (int)Low;
}
