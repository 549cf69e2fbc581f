namespace SessionCore.Tables;

/// <summary>A range of keys, optionally with one equality on a property. Small on purpose: no filter text crosses the port.</summary>
/// <remarks>Keys compare ordinally, first by partition, then by row. Bounds that are null are open.</remarks>
public sealed record TableQuery
{
    /// <summary>Gets the one partition to read; excludes the partition bounds.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Gets the first partition that counts (inclusive).</summary>
    public string? PartitionFrom { get; init; }

    /// <summary>Gets the first partition that counts no more (exclusive).</summary>
    public string? PartitionTo { get; init; }

    /// <summary>Gets the first row key that counts (inclusive), in every partition of the range.</summary>
    public string? RowFrom { get; init; }

    /// <summary>Gets the first row key that counts no more (exclusive), in every partition of the range.</summary>
    public string? RowTo { get; init; }

    /// <summary>Gets the string property that must equal <see cref="WhereValue"/>; null for no condition.</summary>
    public string? WhereName { get; init; }

    /// <summary>Gets the value <see cref="WhereName"/> must have.</summary>
    public string? WhereValue { get; init; }

    /// <summary>Gets the properties to read; null for all. Keys and entity tag always come along.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Gets the most rows of one page: 1 to 1,000 (the service's own limit); null for the service's choice.</summary>
    public int? PageSize { get; init; }

    /// <summary>Gets the continuation of the page before; null for the first page.</summary>
    public string? Continuation { get; init; }
}
