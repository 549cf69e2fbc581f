using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>
/// The host the suite runs against: a server of our own, or the one that SESSION_TEST_URL, SESSION_TEST_SERVICE_KEY and
/// SESSION_TEST_OPERATOR_KEY name.
/// </summary>
[CollectionDefinition(nameof(RunningHost))]
public sealed class RunningHost : IAsyncLifetime, ICollectionFixture<RunningHost>
{
    /// <summary>The origin that <c>Cors:Origins</c> of the host must hold.</summary>
    public const string Origin = "https://app.example";

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["Cors:Origins:0"] = Origin };

    private SessionServerProcess? _server;
    private ApiClient? _client;

    /// <summary>Gets a client of it.</summary>
    public ApiClient Client => _client ?? throw new InvalidOperationException("The host is not started.");

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("SESSION_TEST_URL") is { Length: > 0 } url)
        {
            _client = new ApiClient(new Uri(url), Required("SESSION_TEST_SERVICE_KEY"), Required("SESSION_TEST_OPERATOR_KEY"));
            return;
        }

        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, Settings, CancellationToken.None);
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

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"SESSION_TEST_URL is set, so {name} must be as well.");
}
