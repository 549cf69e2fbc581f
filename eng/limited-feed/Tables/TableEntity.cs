namespace Azure.Data.Tables;

/// <summary>A row with properties by name.</summary>
/// <param name="partitionKey">The key of the partition.</param>
/// <param name="rowKey">The key within the partition.</param>
public sealed class TableEntity(string partitionKey, string rowKey) : ITableEntity
{
    private readonly Dictionary<string, object> _properties = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string PartitionKey { get; set; } = partitionKey;

    /// <inheritdoc/>
    public string RowKey { get; set; } = rowKey;

    /// <inheritdoc/>
    public ETag ETag { get; set; }

    /// <summary>Gets the names of all properties.</summary>
    public ICollection<string> Keys => _properties.Keys;

    /// <summary>Gets or sets a property.</summary>
    public object this[string key]
    {
        get => _properties[key];
        set => _properties[key] = value;
    }
}
