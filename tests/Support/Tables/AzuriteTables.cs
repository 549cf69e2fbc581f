using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support.Servers;

namespace Support.Tables;

/// <summary>Real tables on the shared Azurite.</summary>
public static class AzuriteTables
{
    private static readonly Lazy<Task<AzureDataConnection>> Connection = new(ConnectAsync);

    /// <summary>Opens a table; give a new name for a table of one's own. It is created by EnsureExistsAsync, not here.</summary>
    public static async Task<ITable> OpenAsync(string name) => (await Connection.Value).Table(name);

    /// <summary>Creates a new table.</summary>
    public static async Task<ITable> CreateAsync(CancellationToken cancellationToken)
    {
        var table = await OpenAsync(AzuriteServer.NewTableName());
        await table.EnsureExistsAsync(cancellationToken);
        return table;
    }

    private static async Task<AzureDataConnection> ConnectAsync()
    {
        var server = await AzuriteServer.SharedAsync();

        // Generous: a busy machine must not make a test of meaning fail on time.
        var options = new TableStorageOptions
        {
            ConnectionString = server.ConnectionString,
            TryTimeout = TimeSpan.FromSeconds(30),
            TotalTimeout = TimeSpan.FromSeconds(60),
        };
        return new AzureDataConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
    }
}
