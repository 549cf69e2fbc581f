using Azure;
using Azure.Data.Tables;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>How a row is an entity of the package, and a query its filter.</summary>
internal static class EntityRow
{
    public static TableEntity ToEntity(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            entity[name] = value;
        }

        return entity;
    }

    public static TableRow FromEntity(TableEntity entity)
    {
        var row = new TableRow(entity.PartitionKey, entity.RowKey, entity.ETag.ToString());
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            {
                row.Set(name, value is BinaryData binary ? binary.ToArray() : value);
            }
        }

        return row;
    }

    public static TableTransactionAction ToAction(TableWrite write) => write.Kind switch
    {
        TableWriteKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(write.Row)),
        TableWriteKind.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToEntity(write.Row), new ETag(write.ETag!)),
        TableWriteKind.Merge => new TableTransactionAction(TableTransactionActionType.UpdateMerge, ToEntity(write.Row), new ETag(write.ETag!)),
        _ => new TableTransactionAction(TableTransactionActionType.Delete, ToEntity(write.Row), new ETag(write.ETag!)),
    };

    /// <summary>Keys and entity tag always come along.</summary>
    public static IEnumerable<string>? SelectOf(TableQuery query) =>
        query.Select is null ? null : ["PartitionKey", "RowKey", .. query.Select];

    /// <summary>Values are quoted by the package (OData), so no text of a caller becomes a part of the filter.</summary>
    public static string? FilterOf(TableQuery query)
    {
        string?[] terms =
        [
            query.PartitionKey is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {query.PartitionKey}"),
            query.PartitionFrom is null ? null : TableClient.CreateQueryFilter($"PartitionKey ge {query.PartitionFrom}"),
            query.PartitionTo is null ? null : TableClient.CreateQueryFilter($"PartitionKey lt {query.PartitionTo}"),
            query.RowFrom is null ? null : TableClient.CreateQueryFilter($"RowKey ge {query.RowFrom}"),
            query.RowTo is null ? null : TableClient.CreateQueryFilter($"RowKey lt {query.RowTo}"),

            // The name was checked to be an identifier.
            query.WhereName is null ? null : $"{query.WhereName} {TableClient.CreateQueryFilter($"eq {query.WhereValue}")}",
        ];
        var filter = string.Join(" and ", terms.OfType<string>());
        return filter.Length == 0 ? null : filter;
    }
}
