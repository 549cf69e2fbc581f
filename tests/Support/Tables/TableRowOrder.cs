using SessionCore.Tables;

namespace Support.Tables;

/// <summary>The order of the service: by partition key, then by row key, both ordinally.</summary>
internal sealed class TableRowOrder : IComparer<TableRow>
{
    public static readonly TableRowOrder Instance = new();

    public int Compare(TableRow? x, TableRow? y)
    {
        var partition = string.CompareOrdinal(x?.PartitionKey, y?.PartitionKey);
        return partition != 0 ? partition : string.CompareOrdinal(x?.RowKey, y?.RowKey);
    }
}
