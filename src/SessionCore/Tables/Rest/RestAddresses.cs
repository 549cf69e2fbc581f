using System.Globalization;
using System.Text;

namespace SessionCore.Tables.Rest;

/// <summary>The addresses of one table, its rows and its queries.</summary>
internal sealed class RestAddresses
{
    // What is signed must be what is sent: the addresses are complete, and nothing may rewrite them on the way.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _table;
    private readonly string _sas;

    public RestAddresses(TableAccount account, string table)
    {
        var endpoint = account.Endpoint.AbsoluteUri.TrimEnd('/');
        _table = endpoint + "/" + table;
        _sas = account.Sas ?? string.Empty;
        Rows = Address(_table, query: string.Empty);
        Tables = Address(endpoint + "/Tables", query: string.Empty);
        Transactions = Address(endpoint + "/$batch", query: string.Empty);
    }

    /// <summary>Gets the address new rows are posted to.</summary>
    public Uri Rows { get; }

    /// <summary>Gets the address new tables are posted to.</summary>
    public Uri Tables { get; }

    /// <summary>Gets the address of entity group transactions.</summary>
    public Uri Transactions { get; }

    /// <summary>Gives the address of a row within a transaction; for <see langword="null"/> keys that of the table.</summary>
    public string InTransaction(TableWrite write) =>
        write.Kind is TableWriteKind.Insert ? _table : Path(write.Row.PartitionKey, write.Row.RowKey);

    public Uri Row(string partitionKey, string rowKey) => Address(Path(partitionKey, rowKey), query: string.Empty);

    public Uri Query(TableQuery query)
    {
        var text = new StringBuilder();
        var filter = FilterText.For(query);
        Append(text, "$filter", filter.Length == 0 ? null : filter);
        Append(text, "$select", query.Select is null ? null : string.Join(',', ["PartitionKey", "RowKey", "Timestamp", .. query.Select]));
        Append(text, "$top", query.PageSize?.ToString(CultureInfo.InvariantCulture));
        if (query.Continuation is not null)
        {
            var (partitionKey, rowKey) = TableContinuation.Decode(query.Continuation);
            Append(text, "NextPartitionKey", partitionKey);
            Append(text, "NextRowKey", rowKey);
        }

        return Address(_table + "()", text.ToString());
    }

    private static void Append(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length == 0 ? string.Empty : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static string Escaped(string key) => Uri.EscapeDataString(FilterText.Quoted(key));

    private string Path(string partitionKey, string rowKey) =>
        _table + "(PartitionKey='" + Escaped(partitionKey) + "',RowKey='" + Escaped(rowKey) + "')";

    private Uri Address(string path, string query)
    {
        var address = (query.Length, _sas.Length) switch
        {
            (0, 0) => path,
            (0, _) => path + "?" + _sas,
            (_, 0) => path + "?" + query,
            _ => path + "?" + query + "&" + _sas,
        };
        return new Uri(address, in AsWritten);
    }
}
