using System.Globalization;
using Browsing;
using Microsoft.Playwright;
using SessionApi.Callers;
using SessionCore.Protection;
using SessionCore.Tables;
using Support;
using Support.Faults;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Tables;
using Support.Time;

namespace SessionConsole.Tests;

/// <summary>A real server with the console, a proxy before it that can take it down, and a Chromium. All tests share them.</summary>
[CollectionDefinition(nameof(ConsoleSite))]
public sealed class ConsoleSite : IAsyncLifetime, ICollectionFixture<ConsoleSite>
{
    /// <summary>The code that signs in once.</summary>
    public const string Code = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(1);

    private readonly ServiceKey _supportKey = ServiceKey.New("support");
    private readonly ServiceKey _strangerKey = ServiceKey.New("stranger");
    private readonly ServiceKey _operatorKey = ServiceKey.New("alice");
    private readonly KeyOptions _ring = KeyRing.Random()[0];
    private readonly string _sessionsTable = AzuriteServer.NewTableName("sessions");
    private readonly string _dueTable = AzuriteServer.NewTableName("sessiondue");
    private SessionServerProcess? _server;
    private WebhookReceiver? _webhook;
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

    /// <summary>Gets the receiver of events.</summary>
    public WebhookReceiver Webhook => _webhook ?? throw new InvalidOperationException("The receiver is not started.");

    /// <summary>Gets a client of the API, which no proxy takes down.</summary>
    public ApiClient Api => _api ?? throw new InvalidOperationException("The server is not started.");

    /// <summary>Gets the key of an operator who may do everything.</summary>
    public string OperatorKey => _operatorKey.Reveal();

    /// <summary>Gets the key of an operator who may find and end, and no more.</summary>
    public string SupportKey => _supportKey.Reveal();

    /// <summary>Gets the key of a service that has no scope of an operator.</summary>
    public string StrangerKey => _strangerKey.Reveal();

    /// <summary>Opens the server's table of sessions.</summary>
    public Task<ITable> SessionsAsync() => AzuriteTables.OpenAsync(_sessionsTable);

    /// <summary>Opens an empty page with storage of its own.</summary>
    /// <param name="width">The width of the window.</param>
    public Task<IPage> OpenAsync(int width = 1280) => OpenAsync(Address, width);

    /// <summary>Opens an empty page for the console of another server.</summary>
    public Task<IPage> OpenAsync(Uri address, int width = 1280) =>
        (_chromium ?? throw new InvalidOperationException("Chromium is not started.")).OpenAsync(address, width);

    public async Task InitializeAsync()
    {
        _webhook = await WebhookReceiver.StartAsync();
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        _tables = await HttpFaultProxy.StartAsync(tables.Port, CancellationToken.None);
        await MakePastAsync();
        var proxied = AzuriteServer.ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_tables.Port}"));
        _server = await SessionServerProcess.StartAsync(proxied, redis.Address, Settings(), CancellationToken.None);
        _api = new ApiClient(_server.Url, _server.ServiceKey, OperatorKey);
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
        foreach (var started in (IAsyncDisposable?[])[_proxy, _server, _tables, _webhook])
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }
    }

    // Instances with clocks of their own, before the server holds the leases.
    private async Task MakePastAsync()
    {
        var tables = new SessionTables(await AzuriteTables.OpenAsync(_sessionsTable), await AzuriteTables.OpenAsync(_dueTable));
        await tables.Sessions.EnsureExistsAsync(CancellationToken.None);
        await tables.Due.EnsureExistsAsync(CancellationToken.None);
        var events = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Events:Enabled"] = "true" };
        var earlier = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(100));
        await using (var core = new CoreHarness(tables, cache: null, earlier, [_ring], events, new RefusingTarget()))
        {
            await Past.ParkAsync(core, earlier);
        }

        var yesterday = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(23));
        await using var day = new CoreHarness(tables, cache: null, yesterday, [_ring]);
        await Past.LiveADayAsync(day, yesterday);
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
        ["ServiceKeys:3:Id"] = _strangerKey.Id,
        ["ServiceKeys:3:Hash"] = _strangerKey.Hash,
        ["ServiceKeys:3:ExpiresAt"] = (TimeProvider.System.GetUtcNow() + KeyLifetime).ToString("O", CultureInfo.InvariantCulture),
        ["ServiceKeys:3:Scopes:0"] = "sessions.read",
        ["Keys:Ring:0:Key"] = _ring.Key,
        ["Tables:SessionsTable"] = _sessionsTable,
        ["Tables:DueTable"] = _dueTable,
        ["Events:Enabled"] = "true",
        ["Audit:Enabled"] = "true",
        ["Events:Source"] = "https://sessions.example.com",
        ["Events:Targets:billing:Url"] = Webhook.Url.ToString(),
        ["Events:Targets:billing:Secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ["Events:Targets:billing:AllowPrivateAddresses"] = "true",
        ["DevelopmentSignIn:Code"] = Code,
        ["DevelopmentSignIn:Credential"] = _operatorKey.Reveal(),
        ["ServiceKeys:1:Id"] = _operatorKey.Id,
        ["ServiceKeys:1:Hash"] = _operatorKey.Hash,
    };
}
