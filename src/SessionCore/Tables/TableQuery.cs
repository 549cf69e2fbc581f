namespace SessionCore.Tables;

/// <summary>
/// Query for a range of keys, optionally with an equality on one property. Deliberately limited: the port takes no filter text.
/// </summary>
/// <remarks>Keys compare ordinally, first by partition, then by row. Bounds that are null are open.</remarks>
public sealed record TableQuery
{
    /// <summary>Gets the one partition to read; excludes the partition bounds.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Gets the lower bound of the partition (inclusive).</summary>
    public string? PartitionFrom { get; init; }

    /// <summary>Gets the upper bound of the partition (exclusive).</summary>
    public string? PartitionTo { get; init; }

    /// <summary>Gets the lower bound of the row key (inclusive), in every partition of the range.</summary>
    public string? RowFrom { get; init; }

    /// <summary>Gets the upper bound of the row key (exclusive), in every partition of the range.</summary>
    public string? RowTo { get; init; }

    /// <summary>Gets the string property that must equal <see cref="WhereValue"/>; null for no condition.</summary>
    public string? WhereName { get; init; }

    /// <summary>Gets the value of the property <see cref="WhereName"/>.</summary>
    public string? WhereValue { get; init; }

    /// <summary>Gets the properties to read; null for all. Keys and entity tag are always included.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>Gets the maximum number of rows of a page: 1 to 1,000 (the service's limit); null for the service's default.</summary>
    public int? PageSize { get; init; }

    /// <summary>Gets the continuation token of the previous page; null for the first page.</summary>
    public string? Continuation { get; init; }
}
