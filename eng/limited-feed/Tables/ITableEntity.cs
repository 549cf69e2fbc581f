namespace Azure.Data.Tables;

/// <summary>A row as the SDK takes and gives it.</summary>
public interface ITableEntity
{
    /// <summary>Gets or sets the key of the partition.</summary>
    string PartitionKey { get; set; }

    /// <summary>Gets or sets the key within the partition.</summary>
    string RowKey { get; set; }

    /// <summary>Gets or sets the entity tag.</summary>
    ETag ETag { get; set; }
}
