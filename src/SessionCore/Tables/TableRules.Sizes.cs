namespace SessionCore.Tables;

internal static partial class TableRules
{
    // Estimate for the boundary, method, address and headers of one write in a transaction.
    private const int WireOverheadBytes = 1024;

    /// <summary>
    /// Returns the size of a row as the service counts it: UTF-16 for text, raw bytes for binary, an overhead per property.
    /// </summary>
    public static long RowBytes(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var bytes = 4 + (2L * (row.PartitionKey.Length + row.RowKey.Length));
        foreach (var (name, value) in row.Properties)
        {
            bytes += 8 + (2L * name.Length) + value switch
            {
                string text => 4 + (2L * text.Length),
                byte[] binary => 4 + binary.Length,
                bool => 1,
                int => 4,
                _ => 8,
            };
        }

        return bytes;
    }

    // An upper bound for any JSON encoder, so that a transaction that passes here never exceeds the service's limit.
    private static long WireBytes(TableWrite write)
    {
        var bytes = WireOverheadBytes + (15L * (write.Row.PartitionKey.Length + write.Row.RowKey.Length));
        if (write.Kind is TableWriteKind.Delete)
        {
            return bytes;
        }

        foreach (var (name, value) in write.Row.Properties)
        {
            bytes += (2L * name.Length) + 64 + value switch
            {
                string text => EscapedBytes(text),
                byte[] binary => 4L * ((binary.Length + 2) / 3),
                _ => 0,
            };
        }

        return bytes;
    }

    private static long EscapedBytes(string text)
    {
        long bytes = 0;
        foreach (var c in text)
        {
            bytes += char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or ',' or ':' or ';' or '/' or '=' ? 1 : 6;
        }

        return bytes;
    }
}
