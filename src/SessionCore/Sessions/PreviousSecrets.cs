using System.Buffers.Binary;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>
/// Hashes of the tokens that a user recently rotated away, newest first, with the times of rotation. Requests in flight may still carry
/// them.
/// </summary>
/// <remarks>Format of each: SHA-256 of the secret (32), rotation time (8, big endian, Unix milliseconds).</remarks>
internal readonly struct PreviousSecrets
{
    /// <summary>The maximum number kept; older tokens are refused even within their grace.</summary>
    public const int MaxCount = 4;

    private const int EntryBytes = Digest.ByteLength + sizeof(long);

    private readonly byte[]? _bytes;

    private PreviousSecrets(byte[] bytes) => _bytes = bytes;

    /// <summary>Gets the stored form; empty for none.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the stored form; malformed bytes give an empty list.</summary>
    public static PreviousSecrets Read(byte[]? bytes) =>
        bytes is { Length: > 0 and <= MaxCount * EntryBytes } && bytes.Length % EntryBytes == 0 ? new PreviousSecrets(bytes) : default;

    /// <summary>Returns when a secret was rotated away; null when it is not in the list.</summary>
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

    /// <summary>Returns the list after another rotation.</summary>
    /// <param name="secretHash">The hash of the secret that was rotated away.</param>
    /// <param name="rotatedAt">The time of the rotation.</param>
    /// <param name="since">Secrets rotated away before this instant are dropped.</param>
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
