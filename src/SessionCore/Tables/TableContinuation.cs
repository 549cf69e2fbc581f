using System.Buffers.Text;
using System.Text;

namespace SessionCore.Tables;

/// <summary>Continuation token of a query: the keys where the next page begins, opaque and URL-safe.</summary>
internal static class TableContinuation
{
    // Keys contain no control characters (TableRules), so this separator is unambiguous.
    private const char Separator = '\n';

    public static string Encode(string partitionKey, string? rowKey) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rowKey is null ? partitionKey : partitionKey + Separator + rowKey));

    /// <summary>Returns the keys.</summary>
    /// <exception cref="ArgumentException">The text was not made by <see cref="Encode"/>.</exception>
    public static (string PartitionKey, string? RowKey) Decode(string continuation)
    {
        if (!Base64Url.IsValid(continuation))
        {
            throw new ArgumentException("Malformed continuation token. Allowed: the continuation of a page.", nameof(continuation));
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        var separator = text.IndexOf(Separator, StringComparison.Ordinal);
        return separator < 0 ? (text, null) : (text[..separator], text[(separator + 1)..]);
    }
}
