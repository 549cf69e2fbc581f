using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>An entry of the due table, read: which row to look at.</summary>
/// <param name="Row">The entry itself.</param>
/// <param name="Partition">The partition of the row it is for.</param>
/// <param name="RowKey">The key of that row.</param>
internal sealed record DueEntry(TableRow Row, UInt128 Partition, string RowKey)
{
    private const int PartitionChars = 32;

    public string PartitionKey => Row.RowKey[..PartitionChars];

    /// <summary>Reads an entry.</summary>
    /// <returns>Null when it leads to no row.</returns>
    public static DueEntry? Read(TableRow row) =>
        row.RowKey.Length > PartitionChars && SessionLocator.TryParseHex(row.RowKey.AsSpan(0, PartitionChars), out var partition)
            ? new DueEntry(row, partition, row.RowKey[PartitionChars..])
            : null;

    /// <summary>The write that removes it.</summary>
    public TableWrite Removal() => RemovalOf(Row);

    public static TableWrite RemovalOf(TableRow row) => TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!);
}
