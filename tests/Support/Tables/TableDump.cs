using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;

namespace Support.Tables;

/// <summary>Looks at all that a table holds.</summary>
public static class TableDump
{
    /// <summary>All keys and values of a table of a real store.</summary>
    public static async Task<string> ReadAllAsync(string connectionString, string table)
    {
        using var connection = new AzureDataConnection(
            new TableStorageOptions { ConnectionString = connectionString }, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
        return await ReadAllAsync(connection.Table(table));
    }

    /// <summary>All keys and values as Latin-1 text, so that any bytes can be searched.</summary>
    public static async Task<string> ReadAllAsync(ITable table)
    {
        var text = new StringBuilder();
        var query = new TableQuery();
        do
        {
            var page = await table.QueryAsync(query, CancellationToken.None);
            foreach (var row in page.Rows)
            {
                text.Append(row.PartitionKey).Append('/').Append(row.RowKey);
                foreach (var (name, value) in row.Properties)
                {
                    text.Append(' ').Append(name).Append('=').Append(value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value);
                }

                text.AppendLine();
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return text.ToString();
    }
}
