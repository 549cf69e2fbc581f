using System.Security.Cryptography;

namespace SessionCore.Protection;

/// <summary>Master key and the keys derived from it, one per purpose (HKDF-SHA256, RFC 5869).</summary>
internal sealed class RingKey
{
    private readonly byte[] _master;

    public RingKey(uint id, byte[] master)
    {
        Id = id;
        _master = master;
        TokenMask = PooledHash.HmacSha256(Derive(salt: [], "token/mask/v1"u8, 32));
        TokenTag = PooledHash.HmacSha256(Derive(salt: [], "token/tag/v1"u8, 32));
        RowTag = PooledHash.HmacSha256(Derive(salt: [], "row/tag/v1"u8, 32));
    }

    public uint Id { get; }

    /// <summary>Gets the hash that generates the mask of a token's locator.</summary>
    public PooledHash TokenMask { get; }

    /// <summary>Gets the hash for the tags of tokens.</summary>
    public PooledHash TokenTag { get; }

    /// <summary>Gets the hash for the tags of stored rows.</summary>
    public PooledHash RowTag { get; }

    /// <summary>Gets the cache of tokens verified under this key.</summary>
    public KnownTokens KnownTokens { get; } = new();

    public byte[] Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> purpose, int length)
    {
        var key = new byte[length];
        Derive(salt, purpose, key);
        return key;
    }

    public void Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> purpose, Span<byte> key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, salt, purpose);
}
