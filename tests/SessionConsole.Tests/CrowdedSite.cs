using System.Globalization;
using System.Text.Json;
using SessionApi.Callers;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Hosts;
using Support.Http;
using Support.TableServer;
using Support.TableServer.Storage;
using Support.Tables;

namespace SessionConsole.Tests;

/// <summary>A server of its own whose table has ten thousand sessions. They are created in this process, which takes seconds.</summary>
public sealed class CrowdedSite : IAsyncLifetime
{
    /// <summary>The number of sessions that come from <see cref="Network"/>.</summary>
    public const int Sessions = 10_000;

    /// <summary>The network of all of them.</summary>
    public const string Network = "203.0.113.0/24";

    /// <summary>A user with more sessions than a page of the API holds.</summary>
    public const string BusyUser = "busy";

    /// <summary>The number of that user's sessions.</summary>
    public const int BusySessions = 250;

    private const string SessionsTable = "sessions";
    private const string DueTable = "sessiondue";
    private const int AtOnce = 4;
    private const int LiveOfBusy = 10;

    private readonly ServiceKey _operatorKey = ServiceKey.New("alice");
    private readonly KeyOptions _ring = KeyRing.Random()[0];
    private DurableTables? _tables;
    private TableHost? _tableHost;
    private SessionServerProcess? _server;

    /// <summary>Gets its console.</summary>
    public Uri Address => new(Server.Url, "/console/");

    /// <summary>Gets the key of an operator who may do everything.</summary>
    public string OperatorKey => _operatorKey.Reveal();

    private SessionServerProcess Server => _server ?? throw new InvalidOperationException("The server is not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var (sessions, due) = (new InMemoryTable(SessionsTable), new InMemoryTable(DueTable));
        await using (var core = new CoreHarness(new SessionTables(sessions, due), cache: null, TimeProvider.System, [_ring]))
        {
            await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) =>
                await CreateAsync(core, string.Create(CultureInfo.InvariantCulture, $"user-{index}"), $"203.0.113.{index % 254 + 1}"));
            for (var index = 0; index < BusySessions; index++)
            {
                var id = await CreateAsync(core, BusyUser, "198.51.100.7");
                if (index < BusySessions - LiveOfBusy)
                {
                    await core.Sessions.RevokeAsync(id, "signed-out", CancellationToken.None);
                }
            }
        }

        _tables = DurableTables.InMemory((SessionsTable, sessions), (DueTable, due));
        _tableHost = await TableHost.StartAsync(_tables, port: 0, CancellationToken.None);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Keys:Ring:0:Key"] = _ring.Key,
            ["Tables:SessionsTable"] = SessionsTable,
            ["Tables:DueTable"] = DueTable,
            ["Maintenance:Timers"] = "false",
            ["DevelopmentSignIn:Code"] = ConsoleSite.Code,
            ["DevelopmentSignIn:Credential"] = OperatorKey,
            ["ServiceKeys:1:Id"] = _operatorKey.Id,
            ["ServiceKeys:1:Hash"] = _operatorKey.Hash,
        };
        _server = await SessionServerProcess.StartAsync(_tableHost.ConnectionString, redis: null, settings, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var started in (IAsyncDisposable?[])[_server, _tableHost, _tables])
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }
    }

    /// <summary>Reads the sids of the result of a job, in the order of its pages.</summary>
    public async Task<IReadOnlyList<string>> ResultOfAsync(string job)
    {
        using var api = new ApiClient(Server.Url, Server.ServiceKey, OperatorKey);
        var sids = new List<string>();
        string? continuation = null;
        do
        {
            var after = continuation is null ? "" : "?continuation=" + Uri.EscapeDataString(continuation);
            var page = await api.OperatorAsync("GET", $"/v1/operations/jobs/{job}/result{after}");
            Assert.Equal(200, (int)page.Status);
            sids.AddRange(page.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SidOf));
            continuation = page.Header("Session-Continuation");
        }
        while (continuation is not null);

        return sids;
    }

    private static string SidOf(string line)
    {
        using var session = JsonDocument.Parse(line);
        return session.RootElement.GetProperty("sid").GetString()!;
    }

    private static async Task<SessionId> CreateAsync(CoreHarness core, string user, string address)
    {
        var session = new NewSession { UserId = user, Device = new SessionDevice("Laptop", UserAgent: null, address) };
        var creation = await core.Sessions.CreateAsync(session, key: null, CancellationToken.None);
        return creation.Session.Live?.Id ?? throw new InvalidOperationException($"The session was not created: {creation.Outcome}.");
    }
}
