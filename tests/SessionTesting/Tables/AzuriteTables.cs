using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.Rest;
using SessionTesting.Servers;

namespace SessionTesting.Tables;

/// <summary>Real tables on the shared Azurite.</summary>
public static class AzuriteTables
{
    private static readonly Lazy<Task<RestConnection>> Connection = new(ConnectAsync);

    /// <summary>Opens a table; give a new name for a table of one's own. It is created by EnsureExistsAsync, not here.</summary>
    public static async Task<ITable> OpenAsync(string name) => (await Connection.Value).Table(name);

    /// <summary>Creates a table that nobody else uses.</summary>
    public static async Task<ITable> CreateAsync(CancellationToken cancellationToken)
    {
        var table = await OpenAsync(AzuriteServer.NewTableName());
        await table.EnsureExistsAsync(cancellationToken);
        return table;
    }

    private static async Task<RestConnection> ConnectAsync()
    {
        var server = await AzuriteServer.SharedAsync();

        // Generous: a busy machine must not make a test of meaning fail on time.
        var options = new TableStorageOptions
        {
            ConnectionString = server.ConnectionString,
            TryTimeout = TimeSpan.FromSeconds(30),
            TotalTimeout = TimeSpan.FromSeconds(60),
        };
        return new RestConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
    }
}
