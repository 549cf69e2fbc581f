using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>An account's tables.</summary>
public class TableServiceClient
{
    /// <summary>With a connection string.</summary>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) => throw new NotSupportedException($"{connectionString.Length} {options}");

    /// <summary>With an identity.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null) =>
        throw new NotSupportedException($"{endpoint} {tokenCredential} {options}");

    /// <summary>Gives one table; nothing is contacted.</summary>
    public virtual TableClient GetTableClient(string tableName) => throw new NotSupportedException(tableName);
}
