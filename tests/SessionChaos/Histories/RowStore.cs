using SessionCore.Tables;

namespace SessionChaos.Histories;

/// <summary>Rows as writes leave them that are known to have been applied.</summary>
internal sealed class RowStore
{
    private readonly Dictionary<(string PartitionKey, string RowKey), TableRow> _rows = [];

    public TableRow? Find(TableRow row) => _rows.GetValueOrDefault((row.PartitionKey, row.RowKey));

    public void Apply(TableWrite write)
    {
        var key = (write.Row.PartitionKey, write.Row.RowKey);
        switch (write.Kind)
        {
            case TableWriteKind.Delete:
                _rows.Remove(key);
                break;
            case TableWriteKind.Merge when _rows.TryGetValue(key, out var before):
                _rows[key] = Merged(before, write.Row);
                break;
            default:
                _rows[key] = write.Row;
                break;
        }
    }

    private static TableRow Merged(TableRow before, TableRow changes)
    {
        var merged = new TableRow(before.PartitionKey, before.RowKey);
        foreach (var (name, value) in before.Properties.Where(property => !changes.Properties.Any(change => change.Key == property.Key)).Concat(changes.Properties))
        {
            merged.Set(name, value);
        }

        return merged;
    }
}
