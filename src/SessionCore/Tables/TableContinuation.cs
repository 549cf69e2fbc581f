using System.Buffers.Text;
using System.Text;

namespace SessionCore.Tables;

/// <summary>The text of a continuation: where the next page begins, opaque to callers, safe in a URL.</summary>
internal static class TableContinuation
{
    // No key holds a control character (TableRules), so this parts them.
    private const char Separator = '\n';

    public static string Encode(string partitionKey, string? rowKey) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(rowKey is null ? partitionKey : partitionKey + Separator + rowKey));

    /// <summary>Reads the keys again.</summary>
    /// <exception cref="ArgumentException">The text was not made by <see cref="Encode"/>.</exception>
    public static (string PartitionKey, string? RowKey) Decode(string continuation)
    {
        if (!Base64Url.IsValid(continuation))
        {
            throw new ArgumentException("This is no continuation of a query.", nameof(continuation));
        }

        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        var separator = text.IndexOf(Separator, StringComparison.Ordinal);
        return separator < 0 ? (text, null) : (text[..separator], text[(separator + 1)..]);
    }
}
