using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests.RawRequests;

/// <summary>A separate server, whose log is checked at the end.</summary>
public sealed class QuietServer : IAsyncLifetime
{
    private SessionServerProcess? _server;
    private ApiClient? _client;

    public ApiClient Client => _client ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the last lines it logged; warnings and worse only.</summary>
    public string Log => _server?.LastLines ?? "";

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string> { ["RateLimit:Failures"] = "1000000" };
        _server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings, CancellationToken.None);
        _client = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
