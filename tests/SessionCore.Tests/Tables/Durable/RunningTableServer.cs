using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;
using Support.Hosts;

namespace SessionCore.Tests.Tables.Durable;

/// <summary>The durable table server, as a process that the tests of a class share.</summary>
public sealed class RunningTableServer : IAsyncLifetime
{
    private AzureDataConnection? _connection;
    private TableServerProcess? _process;

    public TableServerProcess Process => _process ?? throw new InvalidOperationException("The server is not started.");

    public ITable Table(string name) => (_connection ?? throw new InvalidOperationException("The server is not started.")).Table(name);

    public async Task InitializeAsync()
    {
        _process = await TableServerProcess.StartAsync(CancellationToken.None);
        var options = new TableStorageOptions
        {
            ConnectionString = _process.ConnectionString,
            TryTimeout = TimeSpan.FromSeconds(20),
            TotalTimeout = TimeSpan.FromSeconds(30),
        };
        _connection = new AzureDataConnection(options, credential: null, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public async Task DisposeAsync()
    {
        _connection?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
