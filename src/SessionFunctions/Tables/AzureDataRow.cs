using Azure.Data.Tables;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>Rows and the SDK's entities.</summary>
internal static class AzureDataRow
{
    /// <summary>What a query selects besides the properties it is asked for.</summary>
    public static readonly string[] Always = ["PartitionKey", "RowKey", "Timestamp"];

    private const string TagName = "odata.etag";

    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            entity[name] = value;
        }

        return entity;
    }

    /// <summary>Reads an entity. A property of a type that rows here do not have is left out, as every table does.</summary>
    public static TableRow Read(TableEntity entity)
    {
        var row = new TableRow(entity.PartitionKey, entity.RowKey, entity.ETag.ToString());
        foreach (var name in entity.Keys)
        {
            if (name is not TagName && !Always.Contains(name, StringComparer.Ordinal))
            {
                row.Set(name, ValueOf(entity[name]));
            }
        }

        return row;
    }

    private static object? ValueOf(object? value) => value switch
    {
        string or byte[] or bool or int or long => value,
        DateTimeOffset time => time.ToUniversalTime(),
        DateTime time => new DateTimeOffset(time.ToUniversalTime()),
        BinaryData binary => binary.ToArray(),
        _ => null,
    };
}
