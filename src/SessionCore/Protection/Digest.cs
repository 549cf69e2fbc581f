using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SessionCore.Protection;

/// <summary>SHA-256 value without allocation, compared in constant time.</summary>
internal readonly struct Digest(UInt128 high, UInt128 low)
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 32;

    private readonly UInt128 _high = high;
    private readonly UInt128 _low = low;

    /// <summary>Gets a value indicating whether this is "no digest".</summary>
    public bool IsNone => _high == UInt128.Zero && _low == UInt128.Zero;

    /// <summary>Hashes a secret.</summary>
    public static Digest Of(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[ByteLength];
        SHA256.HashData(secret, hash);
        return Read(hash);
    }

    /// <summary>Reads <see cref="ByteLength"/> bytes.</summary>
    public static Digest Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Writes <see cref="ByteLength"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], _low);
    }

    /// <summary>Gets 64 bits of the digest, for lossy tables.</summary>
    public long Fingerprint => (long)(ulong)_high;

    /// <summary>Returns the slot of the digest in a table.</summary>
    public int SlotOf(int slots) => (int)((ulong)_low % (ulong)slots);

    /// <summary>Returns the bytes as an array; null for "no digest".</summary>
    public byte[]? ToArray()
    {
        if (IsNone)
        {
            return null;
        }

        var bytes = new byte[ByteLength];
        Write(bytes);
        return bytes;
    }

    /// <summary>Compares in constant time; "no digest" matches nothing (ASVS 5.0 11.2.4).</summary>
    public bool Matches(in Digest other) => CryptographicOperations.FixedTimeEquals(BytesOf(in this), BytesOf(in other)) && !IsNone;

    private static ReadOnlySpan<byte> BytesOf(in Digest digest) => MemoryMarshal.AsBytes(new ReadOnlySpan<Digest>(in digest));
}
