using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>
/// Idempotency record of a creation. Id, partition and secret are derived from its salt and the master key, so a repetition gets the
/// same session and token.
/// </summary>
internal sealed class IdempotencyClaim(RingKey key, byte[] salt, UInt128 nameHigh, UInt128 nameLow, DateTimeOffset expiresAt)
{
    /// <summary>Gets the instant until which the creation can be repeated.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>Gets the id of the session.</summary>
    public UInt128 Id => Number("create/id/v1"u8);

    /// <summary>Gets the partition of an anonymous session.</summary>
    public UInt128 AnonymousPartition => Number("create/partition/v1"u8);

    /// <summary>Gets the key of the token.</summary>
    public RingKey Key => key;

    /// <summary>Returns the token's secret.</summary>
    public byte[] Secret() => key.Derive(salt, Purpose("create/secret/v1"u8), SessionToken.SecretBytes);

    /// <summary>
    /// Returns the stored form of the request: HMAC-SHA256 of its hash under a key of this record, so that a reader of the table cannot
    /// guess requests.
    /// </summary>
    /// <param name="requestHash">SHA-256 of the canonical request.</param>
    public byte[] Seal(ReadOnlySpan<byte> requestHash) =>
        HMACSHA256.HashData(key.Derive(salt, Purpose("create/request/v1"u8), HMACSHA256.HashSizeInBytes), requestHash);

    private UInt128 Number(ReadOnlySpan<byte> purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.Derive(salt, Purpose(purpose), bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    // The purpose includes caller and key, so a record copied to another name gives another token.
    private byte[] Purpose(ReadOnlySpan<byte> purpose)
    {
        var bytes = new byte[32 + purpose.Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, nameHigh);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), nameLow);
        purpose.CopyTo(bytes.AsSpan(32));
        return bytes;
    }
}
