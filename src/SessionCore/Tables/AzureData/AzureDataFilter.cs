using Azure.Data.Tables;

namespace SessionCore.Tables.AzureData;

/// <summary>OData filter of a query. The SDK quotes values; property names were checked to be identifiers.</summary>
internal static class AzureDataFilter
{
    public static string? For(TableQuery query)
    {
        var parts = new List<string>();
        Add(parts, "PartitionKey eq ", query.PartitionKey);
        Add(parts, "PartitionKey ge ", query.PartitionFrom);
        Add(parts, "PartitionKey lt ", query.PartitionTo);
        Add(parts, "RowKey ge ", query.RowFrom);
        Add(parts, "RowKey lt ", query.RowTo);
        Add(parts, $"{query.WhereName} eq ", query.WhereValue);
        return parts.Count == 0 ? null : string.Join(" and ", parts);
    }

    private static void Add(List<string> parts, string comparison, string? value)
    {
        if (value is not null)
        {
            parts.Add(comparison + TableClient.CreateQueryFilter($"{value}"));
        }
    }
}
