using System.Buffers.Binary;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>The hashes of the tokens that a user has lately rotated away, newest first, each with when: a request under way may carry any of them.</summary>
/// <remarks>For each: SHA-256 of its secret (32), rotated away at (8, big endian, Unix milliseconds).</remarks>
internal readonly struct PreviousSecrets
{
    /// <summary>The most that are kept; an older one is refused although its grace is not over.</summary>
    public const int MaxCount = 4;

    private const int EntryBytes = Digest.ByteLength + sizeof(long);

    private readonly byte[]? _bytes;

    private PreviousSecrets(byte[] bytes) => _bytes = bytes;

    /// <summary>Gets the stored form; empty for none.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the stored form; none when it is not one.</summary>
    public static PreviousSecrets Read(byte[]? bytes) =>
        bytes is { Length: > 0 and <= MaxCount * EntryBytes } && bytes.Length % EntryBytes == 0 ? new PreviousSecrets(bytes) : default;

    /// <summary>Finds when a secret was rotated away; null when it is none of these.</summary>
    /// <param name="stored">The stored form.</param>
    /// <param name="secretHash">SHA-256 of the secret.</param>
    public static DateTimeOffset? Find(ReadOnlySpan<byte> stored, in Digest secretHash)
    {
        DateTimeOffset? found = null;
        for (; stored.Length >= EntryBytes; stored = stored[EntryBytes..])
        {
            if (found is null && Digest.Read(stored).Matches(secretHash))
            {
                found = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(stored[Digest.ByteLength..]));
            }
        }

        return found;
    }

    /// <summary>Returns these after one more rotation.</summary>
    /// <param name="secretHash">What was rotated away.</param>
    /// <param name="rotatedAt">When.</param>
    /// <param name="since">Those rotated away before this instant are left out.</param>
    public PreviousSecrets With(in Digest secretHash, DateTimeOffset rotatedAt, DateTimeOffset since)
    {
        var kept = 0;
        while (kept < Math.Min(MaxCount - 1, Bytes.Length / EntryBytes)
            && BinaryPrimitives.ReadInt64BigEndian(Bytes[((kept * EntryBytes) + Digest.ByteLength)..]) >= since.ToUnixTimeMilliseconds())
        {
            kept++;
        }

        var bytes = new byte[EntryBytes * (kept + 1)];
        secretHash.Write(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Digest.ByteLength), rotatedAt.ToUnixTimeMilliseconds());
        Bytes[..(kept * EntryBytes)].CopyTo(bytes.AsSpan(EntryBytes));
        return new PreviousSecrets(bytes);
    }
}
