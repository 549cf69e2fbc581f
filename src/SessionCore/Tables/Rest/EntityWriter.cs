using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SessionCore.Tables.Rest;

/// <summary>Writes rows as the JSON of the Table service; types that JSON lacks are named beside the property.</summary>
internal static class EntityWriter
{
    private const string TypeSuffix = "@odata.type";
    private const int StackChars = 300;

    // The body is read by a JSON parser and never shown in HTML: escaping more than JSON asks for only costs bytes.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(TableRow row, PooledBuffer body)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("PartitionKey"u8, row.PartitionKey);
        json.WriteString("RowKey"u8, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            WriteProperty(json, name, value);
        }

        json.WriteEndObject();
    }

    public static void WriteTableName(string table, PooledBuffer body)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteString("TableName"u8, table);
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case byte[] binary:
                WriteType(json, name, "Edm.Binary"u8);
                json.WriteBase64String(name, binary);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                WriteType(json, name, "Edm.Int64"u8);
                WriteInt64(json, name, number);
                break;
            case DateTimeOffset time:
                WriteType(json, name, "Edm.DateTime"u8);
                json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A table keeps no {value.GetType().Name}.", nameof(value));
        }
    }

    private static void WriteType(Utf8JsonWriter json, string name, ReadOnlySpan<byte> type)
    {
        Span<char> annotation = stackalloc char[StackChars];
        name.CopyTo(annotation);
        TypeSuffix.CopyTo(annotation[name.Length..]);
        json.WriteString(annotation[..(name.Length + TypeSuffix.Length)], type);
    }

    // As text: JSON numbers lose digits beyond 53 bits in many a reader.
    private static void WriteInt64(Utf8JsonWriter json, string name, long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out var count);
        json.WriteString(name, digits[..count]);
    }
}
