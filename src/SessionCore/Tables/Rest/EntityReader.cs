using System.Globalization;
using System.Text.Json;

namespace SessionCore.Tables.Rest;

/// <summary>Reads rows from the JSON of the Table service (minimal metadata) without an object graph between.</summary>
internal sealed class EntityReader(NameCache names)
{
    // One for each thread: rows are read in one go, without awaiting, and never within each other.
    [ThreadStatic]
    private static List<EntityProperty>? _properties;

    private static List<EntityProperty> Scratch => _properties ??= new List<EntityProperty>(capacity: 24);

    private static ReadOnlySpan<byte> TypeSuffix => "@odata.type"u8;

    /// <summary>Reads the one row of a point read.</summary>
    /// <exception cref="JsonException">This is no row.</exception>
    public TableRow ReadRow(ReadOnlySpan<byte> json, string? etag)
    {
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        return ReadRow(ref reader, etag);
    }

    /// <summary>Reads the rows of a page.</summary>
    /// <exception cref="JsonException">This is no page.</exception>
    public List<TableRow> ReadRows(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                return ReadArray(ref reader);
            }

            reader.Skip();
        }

        throw new JsonException("A page without rows.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException("Not the JSON of the Table service.");
        }
    }

    private List<TableRow> ReadArray(ref Utf8JsonReader reader)
    {
        var rows = new List<TableRow>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            rows.Add(ReadRow(ref reader, etag: null));
        }

        return reader.TokenType is JsonTokenType.EndArray ? rows : throw new JsonException("Not a list of rows.");
    }

    private TableRow ReadRow(ref Utf8JsonReader reader, string? etag)
    {
        var properties = Scratch;
        properties.Clear();
        string? partitionKey = null;
        string? rowKey = null;
        string? timestamp = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("PartitionKey"u8))
            {
                partitionKey = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("RowKey"u8))
            {
                rowKey = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("odata.etag"u8))
            {
                etag = Unless(etag, ref reader);
            }
            else if (reader.ValueTextEquals("Timestamp"u8))
            {
                timestamp = Unless(etag, ref reader);
            }
            else
            {
                ReadProperty(ref reader, properties);
            }
        }

        etag ??= timestamp is null ? null : TagOf(timestamp);
        if (reader.TokenType is not JsonTokenType.EndObject || partitionKey is null || rowKey is null || etag is null)
        {
            throw new JsonException("A row without keys or entity tag.");
        }

        var row = new TableRow(partitionKey, rowKey, etag, properties.Count);
        foreach (var property in properties)
        {
            row.Set(property.Name, property.Value);
        }

        // What was read belongs to the caller alone, and must not live on with the thread.
        properties.Clear();
        return row;
    }

    // The service's tag is its time stamp, escaped; a projection may bring only the latter.
    private static string TagOf(string timestamp) => "W/\"datetime'" + Uri.EscapeDataString(timestamp) + "'\"";

    private static string ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.String ? reader.GetString()! : throw new JsonException("Text was expected."); // a String token is never null
    }

    // The header, the tag and the time stamp say the same: the first of them is enough.
    private static string? Unless(string? known, ref Utf8JsonReader reader)
    {
        if (known is null)
        {
            return ReadText(ref reader);
        }

        reader.Skip();
        return known;
    }

    private void ReadProperty(ref Utf8JsonReader reader, List<EntityProperty> properties)
    {
        var raw = reader.ValueSpan;
        if (raw.EndsWith(TypeSuffix))
        {
            var annotated = NameOf(ref reader, raw[..^TypeSuffix.Length]);
            Annotate(properties, annotated, ReadText(ref reader));
            return;
        }

        if (raw.StartsWith("odata."u8))
        {
            reader.Skip();
            return;
        }

        var name = NameOf(ref reader, raw);
        reader.Read();
        var index = IndexOf(properties, name);
        var type = index < 0 ? null : properties[index].Type;
        var property = new EntityProperty(name, type, Value(ref reader, type));
        if (index < 0)
        {
            properties.Add(property);
        }
        else
        {
            properties[index] = property;
        }
    }

    private string NameOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> raw) =>
        reader.ValueIsEscaped ? throw new JsonException("No name of a property is escaped.") : names.Get(raw);

    // The annotation stands before its property, as the service writes it, or after it: JSON members have no order.
    private static void Annotate(List<EntityProperty> properties, string name, string type)
    {
        var index = IndexOf(properties, name);
        if (index < 0)
        {
            properties.Add(new EntityProperty(name, type, Value: null));
        }
        else
        {
            properties[index] = new EntityProperty(name, type, Typed(properties[index].Value, type));
        }
    }

    private static int IndexOf(List<EntityProperty> properties, string name)
    {
        for (var i = properties.Count - 1; i >= 0; i--)
        {
            if (string.Equals(properties[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static object? Value(ref Utf8JsonReader reader, string? type)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when type is "Edm.Binary":
                return reader.TryGetBytesFromBase64(out var binary) ? binary : throw new JsonException("Not base64.");
            case JsonTokenType.String when type is "Edm.DateTime":
                return reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new JsonException("Not a time.");
            case JsonTokenType.String:
                return Typed(reader.GetString(), type);
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number when reader.TryGetInt32(out var number):
                return number;
            case JsonTokenType.Number or JsonTokenType.Null:
                return null; // a Double or nothing: rows here keep neither
            default:
                throw new JsonException("Not a value of a property.");
        }
    }

    private static object? Typed(object? value, string? type)
    {
        if (value is not string text)
        {
            return value;
        }

        try
        {
            return type switch
            {
                null or "Edm.String" => text,
                "Edm.Int64" => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                "Edm.Binary" => Convert.FromBase64String(text),
                "Edm.DateTime" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                _ => null, // Guid and Double: rows here keep neither
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new JsonException("Not a value of its type.", e);
        }
    }
}
