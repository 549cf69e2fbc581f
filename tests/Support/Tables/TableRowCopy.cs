using SessionCore.Tables;

namespace Support.Tables;

/// <summary>Copies that share nothing with the original, so that a later change by the caller changes no stored row.</summary>
internal static class TableRowCopy
{
    public static TableRow Of(TableRow row, string? etag) => Selected(row, etag, select: null);

    public static TableRow Selected(TableRow row, string? etag, IReadOnlyList<string>? select)
    {
        var copy = new TableRow(row.PartitionKey, row.RowKey, etag);
        foreach (var (name, value) in row.Properties)
        {
            if (select is null || select.Contains(name, StringComparer.Ordinal))
            {
                copy.Set(name, Unshared(value));
            }
        }

        return copy;
    }

    public static TableRow Merged(TableRow row, TableRow changes, string? etag)
    {
        var merged = new TableRow(row.PartitionKey, row.RowKey, etag);
        foreach (var (name, value) in row.Properties)
        {
            merged.Set(name, Unshared(changes.Properties.FirstOrDefault(change => change.Key == name).Value ?? value));
        }

        foreach (var (name, value) in changes.Properties)
        {
            if (row.Properties.All(property => property.Key != name))
            {
                merged.Set(name, Unshared(value));
            }
        }

        return merged;
    }

    private static object Unshared(object value) => value is byte[] binary ? binary.Clone() : value;
}
