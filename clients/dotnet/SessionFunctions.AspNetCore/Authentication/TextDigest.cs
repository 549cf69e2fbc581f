using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>SHA-256 of a secret text, so that what is found by the text can be kept without it.</summary>
internal readonly record struct TextDigest(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Hashes a text as it is in memory: two texts that differ in any character have different digests.</summary>
    public static TextDigest Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return new TextDigest(
            BinaryPrimitives.ReadUInt64LittleEndian(hash),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]));
    }

    // The bits are those of SHA-256, so any of them are as good as a hash of all.
    public override int GetHashCode() => (int)A;
}
