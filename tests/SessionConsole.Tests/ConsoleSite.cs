using System.Globalization;
using Browsing;
using Microsoft.Playwright;
using SessionApi.Callers;
using Support.Faults;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionConsole.Tests;

/// <summary>A real server with the console, a proxy before it that can take it down, and a Chromium. All tests share them.</summary>
[CollectionDefinition(nameof(ConsoleSite))]
public sealed class ConsoleSite : IAsyncLifetime, ICollectionFixture<ConsoleSite>
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(1);

    private readonly ServiceKey _supportKey = ServiceKey.New("support");
    private SessionServerProcess? _server;
    private HttpFaultProxy? _proxy;
    private HttpFaultProxy? _tables;
    private Chromium? _chromium;
    private ApiClient? _api;

    /// <summary>Gets the console, by way of the proxy.</summary>
    public Uri Address => new($"http://127.0.0.1:{Proxy.Port}/console/");

    /// <summary>Gets the server itself.</summary>
    public SessionServerProcess Server => _server ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the proxy between browser and server.</summary>
    public HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the proxy between server and tables.</summary>
    public HttpFaultProxy Tables => _tables ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets a client of the API, which no proxy takes down.</summary>
    public ApiClient Api => _api ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the key of an operator who may do everything.</summary>
    public string OperatorKey => Server.OperatorKey;

    /// <summary>Gets the key of an operator who may find and end, and no more.</summary>
    public string SupportKey => _supportKey.Reveal();

    /// <summary>Opens an empty page with storage of its own.</summary>
    /// <param name="width">The width of the window.</param>
    /// <param name="isDark">Whether the machine prefers dark pages.</param>
    public Task<IPage> OpenAsync(int width = 1280, bool isDark = false) =>
        (_chromium ?? throw new InvalidOperationException("Chromium is not started.")).OpenAsync(Address, width, isDark);

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _tables = await HttpFaultProxy.StartAsync(tables.Port, CancellationToken.None);
        var proxied = AzuriteServer.ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_tables.Port}"));
        _server = await SessionServerProcess.StartAsync(proxied, redis.Address, Settings(), CancellationToken.None);
        _api = new ApiClient(_server.Url, _server.ServiceKey, _server.OperatorKey);
        _proxy = await HttpFaultProxy.StartAsync(_server.Url.Port, CancellationToken.None);
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _api?.Dispose();
        foreach (var started in (IAsyncDisposable?[])[_proxy, _server, _tables])
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        // Every expired sign-in is a request with a bad credential, and all come from here.
        ["RateLimit:Failures"] = "100000",
        ["Maintenance:Timers"] = "false",
        ["ServiceKeys:2:Id"] = _supportKey.Id,
        ["ServiceKeys:2:Hash"] = _supportKey.Hash,
        ["ServiceKeys:2:ExpiresAt"] = (TimeProvider.System.GetUtcNow() + KeyLifetime).ToString("O", CultureInfo.InvariantCulture),
        ["ServiceKeys:2:Scopes:0"] = "sessions.support",
    };
}
