using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>A creation's idempotency record: from its salt and the master key come id, partition and secret, so that a repetition finds and tells the same.</summary>
internal sealed class IdempotencyClaim(RingKey key, byte[] salt, UInt128 nameHigh, UInt128 nameLow, DateTimeOffset expiresAt)
{
    /// <summary>Gets until when the creation can be repeated.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>The id of the session.</summary>
    public UInt128 Id => Number("create/id/v1"u8);

    /// <summary>The partition of an anonymous session.</summary>
    public UInt128 AnonymousPartition => Number("create/partition/v1"u8);

    /// <summary>The key the token is issued under.</summary>
    public RingKey Key => key;

    /// <summary>The token's secret.</summary>
    public byte[] Secret() => key.Derive(salt, Purpose("create/secret/v1"u8), SessionToken.SecretBytes);

    /// <summary>The request as the record keeps it: HMAC-SHA256 of its hash under a key of this record alone, so that a reader of the table cannot try requests.</summary>
    /// <param name="requestHash">SHA-256 over the request in a canonical form.</param>
    public byte[] Seal(ReadOnlySpan<byte> requestHash) =>
        HMACSHA256.HashData(key.Derive(salt, Purpose("create/request/v1"u8), HMACSHA256.HashSizeInBytes), requestHash);

    private UInt128 Number(ReadOnlySpan<byte> purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.Derive(salt, Purpose(purpose), bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    // The purpose names caller and key too: a record copied under another name gives another token.
    private byte[] Purpose(ReadOnlySpan<byte> purpose)
    {
        var bytes = new byte[32 + purpose.Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, nameHigh);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), nameLow);
        purpose.CopyTo(bytes.AsSpan(32));
        return bytes;
    }
}
