using SessionCore.Tables;

namespace Support.Tables;

/// <summary>One call to a table, at one of its two moments.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Kind">Which call.</param>
/// <param name="Moment">Before or after it takes effect.</param>
public sealed record TableOperation(string Table, TableOperationKind Kind, TableMoment Moment)
{
    /// <summary>Gets the partition of a point read, a query of one partition, or a write.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>Gets the row of a point read or a single write.</summary>
    public string? RowKey { get; init; }

    /// <summary>Gets the writes of a write or transaction.</summary>
    public IReadOnlyList<TableWrite> Writes { get; init; } = [];

    /// <summary>Gets the result of a write; null before it and for reads.</summary>
    public TableWriteResult? Result { get; init; }

    /// <summary>Gets how many rows a read gave.</summary>
    public int RowsRead { get; init; }
}
