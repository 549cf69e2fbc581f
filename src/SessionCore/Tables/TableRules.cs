using System.Buffers;
using System.Text;

namespace SessionCore.Tables;

/// <summary>
/// Limits of Table Storage. Every <see cref="ITable"/> checks them before any I/O, so all implementations refuse the same input with
/// <see cref="ArgumentException"/>.
/// </summary>
/// <remarks>
/// Limits and characters: "Understanding the Table service data model" and "Performing entity group transactions",
/// Azure Storage REST reference.
/// </remarks>
internal static partial class TableRules
{
    /// <summary>The maximum length of a key, in UTF-16 code units (1 KiB).</summary>
    public const int MaxKeyChars = 512;

    /// <summary>The maximum length of a string property, in UTF-16 code units (64 KiB).</summary>
    public const int MaxStringChars = 32 * 1024;

    /// <summary>The maximum size of a binary property, in bytes.</summary>
    public const int MaxBinaryBytes = 64 * 1024;

    /// <summary>The maximum size of a row, in bytes as <see cref="RowBytes"/> counts them.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    /// <summary>The maximum number of properties of a row, without its keys and time stamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>The maximum number of writes of a transaction.</summary>
    public const int MaxTransactionRows = 100;

    /// <summary>The maximum size of a transaction on the wire, in bytes.</summary>
    public const int MaxTransactionBytes = 4 * 1024 * 1024;

    /// <summary>The maximum number of rows of a page.</summary>
    public const int MaxPageRows = 1000;

    private const int MaxNameChars = 255;

    // The earliest time of the service, which is that of Windows file time.
    private static readonly DateTimeOffset FirstTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // '/', '\', '#', '?' and the control characters U+0000 to U+001F and U+007F to U+009F.
    private static readonly SearchValues<char> KeyRefusals = SearchValues.Create(
        [
            '/', '\\', '#', '?',
            .. Enumerable.Range(0x00, 0x20).Select(c => (char)c),
            .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c),
        ]);

    /// <summary>Whether the service accepts a key. Other keys are never found.</summary>
    public static bool IsKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length <= MaxKeyChars && !key.AsSpan().ContainsAny(KeyRefusals) && IsUnicode(key);
    }

    /// <summary>Checks one write: keys, names, types, sizes.</summary>
    /// <exception cref="ArgumentException">The service would refuse the row, or not return it unchanged.</exception>
    public static void Check(TableWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        CheckKey(write.Row.PartitionKey, "partition key");
        CheckKey(write.Row.RowKey, "row key");
        if (write.ETag is not null && write.ETag.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException("An entity tag must be printable ASCII.", nameof(write));
        }

        if (write.Kind is TableWriteKind.Delete)
        {
            return;
        }

        if (!Fits(write.Row))
        {
            throw new ArgumentException($"A row must have at most {MaxProperties} properties and {MaxRowBytes} bytes.", nameof(write));
        }

        foreach (var (name, value) in write.Row.Properties)
        {
            CheckName(name, nameof(write));
            CheckValue(name, value, nameof(write));
        }
    }

    /// <summary>Checks a query: its bounds, names and page size.</summary>
    /// <exception cref="ArgumentException">The query is contradictory or has invalid names.</exception>
    public static void Check(TableQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.PartitionKey is not null && (query.PartitionFrom ?? query.PartitionTo) is not null)
        {
            throw new ArgumentException("A query must have one partition or bounds, not both.", nameof(query));
        }

        if (query.WhereName is null != query.WhereValue is null)
        {
            throw new ArgumentException("A condition must have a name and a value.", nameof(query));
        }

        if (query.PageSize is < 1 or > MaxPageRows)
        {
            throw new ArgumentException($"A page must have 1 to {MaxPageRows} rows.", nameof(query));
        }

        if (query.WhereName is not null)
        {
            CheckName(query.WhereName, nameof(query));
        }

        foreach (var name in query.Select ?? [])
        {
            CheckName(name, nameof(query));
        }

        CheckTexts(
            nameof(query), query.PartitionKey, query.PartitionFrom, query.PartitionTo, query.RowFrom, query.RowTo, query.WhereValue);
    }

    /// <summary>Checks a transaction: every write, their number, the single partition, unique rows, the size.</summary>
    /// <exception cref="ArgumentException">The service would refuse the transaction.</exception>
    public static void CheckAll(IReadOnlyList<TableWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count is 0 or > MaxTransactionRows)
        {
            throw new ArgumentException($"A transaction must have 1 to {MaxTransactionRows} writes, not {writes.Count}.", nameof(writes));
        }

        var rowKeys = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        long bytes = 0;
        foreach (var write in writes)
        {
            Check(write);
            if (!string.Equals(write.Row.PartitionKey, writes[0].Row.PartitionKey, StringComparison.Ordinal))
            {
                throw new ArgumentException("A transaction must stay within one partition.", nameof(writes));
            }

            if (!rowKeys.Add(write.Row.RowKey))
            {
                throw new ArgumentException("A transaction must write each row at most once.", nameof(writes));
            }

            bytes += WireBytes(write);
        }

        if (bytes > MaxTransactionBytes)
        {
            throw new ArgumentException("A transaction must be at most 4 MiB on the wire.", nameof(writes));
        }
    }

    /// <summary>Whether the service accepts the size and the number of properties of a row.</summary>
    public static bool Fits(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Properties.Count <= MaxProperties && RowBytes(row) <= MaxRowBytes;
    }

    private static void CheckKey(string key, string what)
    {
        if (!IsKey(key))
        {
            throw new ArgumentException(
                $"A {what} must have at most {MaxKeyChars} characters, without / \\ # ? and control characters.", what);
        }
    }

    // Names are inserted into $filter and $select, so only identifiers are allowed.
    private static void CheckName(string name, string parameter)
    {
        var good = name.Length is > 0 and <= MaxNameChars && !char.IsAsciiDigit(name[0])
            && name is not ("PartitionKey" or "RowKey" or "Timestamp" or "ETag");
        foreach (var c in name)
        {
            good &= char.IsAsciiLetterOrDigit(c) || c == '_';
        }

        if (!good)
        {
            throw new ArgumentException($"'{name}' is not a valid property name.", parameter);
        }
    }

    private static void CheckValue(string name, object value, string parameter)
    {
        var fault = value switch
        {
            string { Length: > MaxStringChars } => $"has more than {MaxStringChars} characters",
            string text when !IsUnicode(text) => "has an unpaired surrogate, which UTF-8 cannot represent",
            byte[] { Length: > MaxBinaryBytes } => $"has more than {MaxBinaryBytes} bytes",
            DateTimeOffset time when time.Offset != TimeSpan.Zero => "is a time that is not in UTC",
            DateTimeOffset time when time < FirstTime => "is a time before 1601",
            _ => null,
        };

        if (fault is not null)
        {
            throw new ArgumentException($"Property {name} {fault}.", parameter);
        }
    }

    private static void CheckTexts(string parameter, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is not null && !IsUnicode(text))
            {
                throw new ArgumentException("A bound or value has an unpaired surrogate, which UTF-8 cannot represent.", parameter);
            }
        }
    }

    private static bool IsUnicode(string text)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var surrogate = rest.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (surrogate < 0)
            {
                return true;
            }

            rest = rest[surrogate..];
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) is not OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }
    }
}
