using System.Globalization;
using System.Text.Json;
using SessionCore.Tables;

namespace Support.TableServer.Wire;

/// <summary>Rows as the JSON of the Table service; a codec of its own, so that it cannot share a fault with the client's.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    public static void Write(Utf8JsonWriter json, TableRow row)
    {
        json.WriteStartObject();
        if (row.ETag is not null)
        {
            json.WriteString("odata.etag", row.ETag);
        }

        json.WriteString("PartitionKey", row.PartitionKey);
        json.WriteString("RowKey", row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            WriteProperty(json, name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a row that a client sends.</summary>
    /// <param name="json">The object.</param>
    /// <param name="partitionKey">The key in the address; null to take the one in the object.</param>
    /// <param name="rowKey">As for the partition.</param>
    public static TableRow Read(JsonElement json, string? partitionKey = null, string? rowKey = null)
    {
        var row = new TableRow(
            partitionKey ?? json.GetProperty("PartitionKey").GetString() ?? "", rowKey ?? json.GetProperty("RowKey").GetString() ?? "");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && !property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                var type = json.TryGetProperty(property.Name + TypeSuffix, out var named) ? named.GetString() : null;
                row.Set(property.Name, ReadValue(property.Value, type));
            }
        }

        return row;
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case byte[] binary:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, binary);
                break;
            case long number:
                json.WriteString(name + TypeSuffix, "Edm.Int64");
                json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                json.WriteString(name + TypeSuffix, "Edm.DateTime");
                json.WriteString(name, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            default:
                json.WriteString(name, (string)value);
                break;
        }
    }

    private static object? ReadValue(JsonElement value, string? type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.String, "Edm.Binary") => value.GetBytesFromBase64(),
        (JsonValueKind.String, "Edm.Int64") => long.Parse(value.GetString() ?? "", CultureInfo.InvariantCulture),
        (JsonValueKind.String, "Edm.DateTime") => value.GetDateTimeOffset(),
        (JsonValueKind.String, _) => value.GetString(),
        (JsonValueKind.Number, _) => value.GetInt32(),
        (JsonValueKind.True or JsonValueKind.False, _) => value.GetBoolean(),
        _ => null,
    };
}
