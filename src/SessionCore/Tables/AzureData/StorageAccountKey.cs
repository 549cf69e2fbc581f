using System.Security.Cryptography;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>The key of a storage account. It signs, and is never shown.</summary>
internal sealed class StorageAccountKey
{
    // Azurite's published key: its documentation shows it.
    private const string Published = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly byte[] _key;

    private StorageAccountKey(byte[] key) => _key = key;

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

    /// <summary>Makes what the SDK signs with.</summary>
    public TableSharedKeyCredential For(string accountName) => new(accountName, Convert.ToBase64String(_key));

    /// <summary>Never the key.</summary>
    public override string ToString() => "[redacted]";
}
