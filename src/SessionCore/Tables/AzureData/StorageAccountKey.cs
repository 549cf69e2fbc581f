using System.Security.Cryptography;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>Key of a storage account. Redacts itself in logs.</summary>
internal sealed class StorageAccountKey
{
    // The well-known key of Azurite, from its documentation.
    private const string Published = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly byte[] _key;

    private StorageAccountKey(byte[] key) => _key = key;

    /// <summary>Gets the well-known key of Azurite.</summary>
    public static StorageAccountKey Azurite => new(Convert.FromBase64String(Published));

    /// <summary>Gets a value indicating whether this is the well-known key, which protects nothing.</summary>
    public bool IsPublished => CryptographicOperations.FixedTimeEquals(_key, Convert.FromBase64String(Published));

    /// <summary>Reads a key from its base64 text; null when malformed.</summary>
    public static StorageAccountKey? TryParse(string text)
    {
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? new StorageAccountKey(key[..length]) : null;
    }

    /// <summary>Returns the SDK's credential.</summary>
    public TableSharedKeyCredential For(string accountName) => new(accountName, Convert.ToBase64String(_key));

    /// <summary>Returns a redacted form.</summary>
    public override string ToString() => "[redacted]";
}
