using System.Text.Json;
using SessionCore.Tables;

namespace Support.TableServer.Wire;

/// <summary>Reads one write: its method says which.</summary>
internal static class WriteText
{
    /// <summary>Reads a write.</summary>
    /// <exception cref="FormatException">It is none; an unconditional one counts as none.</exception>
    public static TableWrite Read(string method, TableAddress address, string? etag, string body)
    {
        switch (method, address)
        {
            case ("POST", { PartitionKey: null }):
                return TableWrite.Insert(Row(address, body));
            case ("PUT", { PartitionKey: not null }) when etag is not null:
                return TableWrite.Replace(Row(address, body), etag);
            case ("PATCH" or "MERGE", { PartitionKey: not null }) when etag is not null:
                return TableWrite.Merge(Row(address, body), etag);
            case ("DELETE", { PartitionKey: { } partitionKey, RowKey: { } rowKey }) when etag is not null:
                return TableWrite.Delete(partitionKey, rowKey, etag);
            default:
                throw new FormatException($"{method} of {address.Table} is no write with a condition.");
        }
    }

    private static TableRow Row(TableAddress address, string body)
    {
        using var json = JsonDocument.Parse(body);
        return EntityJson.Read(json.RootElement, address.PartitionKey, address.RowKey);
    }
}
