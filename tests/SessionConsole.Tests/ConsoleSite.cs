using Browsing;
using Microsoft.Playwright;
using Support.Faults;
using Support.Hosts;
using Support.Servers;

namespace SessionConsole.Tests;

/// <summary>A real server with the console, a proxy before it that can take it down, and a Chromium. All tests share them.</summary>
[CollectionDefinition(nameof(ConsoleSite))]
public sealed class ConsoleSite : IAsyncLifetime, ICollectionFixture<ConsoleSite>
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        // Every expired sign-in is a request with a bad credential, and all come from here.
        ["RateLimit:Failures"] = "100000",
        ["Maintenance:Timers"] = "false",
    };

    private SessionServerProcess? _server;
    private HttpFaultProxy? _proxy;
    private Chromium? _chromium;

    /// <summary>Gets the console, by way of the proxy.</summary>
    public Uri Address => new($"http://127.0.0.1:{Proxy.Port}/console/");

    /// <summary>Gets the server itself.</summary>
    public SessionServerProcess Server => _server ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the proxy between browser and server.</summary>
    public HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Opens an empty page with storage of its own.</summary>
    /// <param name="width">The width of the window.</param>
    /// <param name="isDark">Whether the machine prefers dark pages.</param>
    public Task<IPage> OpenAsync(int width = 1280, bool isDark = false) =>
        (_chromium ?? throw new InvalidOperationException("Chromium is not started.")).OpenAsync(Address, width, isDark);

    public async Task InitializeAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis.Address, Settings, CancellationToken.None);
        _proxy = await HttpFaultProxy.StartAsync(_server.Url.Port, CancellationToken.None);
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
