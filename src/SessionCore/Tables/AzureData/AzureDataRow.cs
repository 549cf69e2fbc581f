using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>Mapping between rows and the SDK's entities.</summary>
internal static class AzureDataRow
{
    /// <summary>Properties that every query selects.</summary>
    public static readonly string[] Always = ["PartitionKey", "RowKey", "Timestamp"];

    private const string Control = "odata.";

    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            entity[name] = value;
        }

        return entity;
    }

    /// <summary>Reads an entity. Properties of unsupported types are ignored, as by every table.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="tag">The entity tag in the answer's header, for a single row.</param>
    /// <exception cref="InvalidDataException">The entity is not a row of the service.</exception>
    public static TableRow Read(TableEntity entity, ETag? tag = null)
    {
        if (entity.PartitionKey is null || entity.RowKey is null)
        {
            throw new InvalidDataException("A row without keys.");
        }

        var row = new TableRow(entity.PartitionKey, entity.RowKey, TagOf(entity, tag), entity.Count);
        foreach (var (name, value) in entity)
        {
            if (!name.StartsWith(Control, StringComparison.Ordinal) && !Always.Contains(name, StringComparer.Ordinal))
            {
                row.Set(name, ValueOf(value));
            }
        }

        return row;
    }

    // The service's entity tag is the escaped time stamp without trailing zeros; a projection may contain the time stamp only.
    private static string TagOf(TableEntity entity, ETag? tag)
    {
        if (tag is { } known || (known = entity.ETag) != default)
        {
            return known.ToString();
        }

        var time = entity.Timestamp ?? throw new InvalidDataException("A row without an entity tag.");
        var text = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        return "W/\"datetime'" + Uri.EscapeDataString(text) + "'\"";
    }

    private static object? ValueOf(object? value) => value switch
    {
        string or byte[] or bool or int or long => value,
        DateTimeOffset time => time.ToUniversalTime(),
        null or double or Guid => null,
        _ => throw new InvalidDataException("A property with a value of an unknown type."),
    };
}
