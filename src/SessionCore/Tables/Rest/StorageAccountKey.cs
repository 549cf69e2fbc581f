using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;

namespace SessionCore.Tables.Rest;

/// <summary>The key of a storage account. It signs, and is never shown.</summary>
internal sealed class StorageAccountKey
{
    // Azurite's published key: whoever reads the documentation of Azurite knows it.
    private const string Published = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // A path has two keys of up to 512 characters, each up to nine bytes when escaped; most are far shorter.
    private const int StackBytes = 1024;

    private readonly byte[] _key;
    private readonly PooledHash _hash;

    private StorageAccountKey(byte[] key)
    {
        _key = key;
        _hash = PooledHash.HmacSha256(key);
    }

    /// <summary>Gets the key that every Azurite has.</summary>
    public static StorageAccountKey Azurite => new(Convert.FromBase64String(Published));

    /// <summary>Gets a value indicating whether this key protects nothing.</summary>
    public bool IsPublished => CryptographicOperations.FixedTimeEquals(_key, Convert.FromBase64String(Published));

    /// <summary>Reads a key from its base64 text; null when it is none.</summary>
    public static StorageAccountKey? TryParse(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? new StorageAccountKey(key[..length]) : null;
    }

    /// <summary>Signs three texts as one: HMAC-SHA256 over their UTF-8 bytes. Gives base64 behind <paramref name="scheme"/>.</summary>
    public string Sign(string scheme, string first, string second, string third)
    {
        var most = Encoding.UTF8.GetMaxByteCount(first.Length + second.Length + third.Length);
        var bytes = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        var count = Encoding.UTF8.GetBytes(first, bytes);
        count += Encoding.UTF8.GetBytes(second, bytes[count..]);
        count += Encoding.UTF8.GetBytes(third, bytes[count..]);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hash.Compute(bytes[..count], mac);
        Span<char> base64 = stackalloc char[2 * HMACSHA256.HashSizeInBytes];
        Convert.TryToBase64Chars(mac, base64, out var length);
        return string.Concat(scheme, base64[..length]);
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => "[redacted]";
}
