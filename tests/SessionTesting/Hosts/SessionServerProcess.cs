using System.Globalization;
using System.Security.Cryptography;
using SessionApi.Callers;
using SessionTesting.Servers;

namespace SessionTesting.Hosts;

/// <summary>The Kestrel host as a process of its own, with tables and keys of its own, on real Azurite and Redis.</summary>
public sealed class SessionServerProcess : IAsyncDisposable
{
    private const string HowToBuild = "Build the solution first: 'dotnet build'.";

    private readonly ServerProcess _process;

    private SessionServerProcess(ServerProcess process, Uri url, IReadOnlyDictionary<string, string> settings, string serviceKey, string operatorKey)
    {
        _process = process;
        Url = url;
        Settings = settings;
        ServiceKey = serviceKey;
        OperatorKey = operatorKey;
    }

    /// <summary>Gets where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Gets a key of a service with every scope but the operator's.</summary>
    public string ServiceKey { get; }

    /// <summary>Gets an operator's key.</summary>
    public string OperatorKey { get; }

    /// <summary>Gets the configuration it runs with; another instance started with it shares tables, cache and keys.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Gets the server's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a server.</summary>
    /// <param name="tables">A connection string of tables.</param>
    /// <param name="redis">Host and port of Redis; null to run without a cache.</param>
    /// <param name="settings">Further configuration, which wins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SessionServerProcess> StartAsync(
        string tables, string? redis, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken)
    {
        var service = SessionApi.Callers.ServiceKey.New("tests");
        var operatorKey = SessionApi.Callers.ServiceKey.New("operator");
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var expires = TimeProvider.System.GetUtcNow().AddDays(30).ToString("O", CultureInfo.InvariantCulture);
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Tables:ConnectionString"] = tables,
            ["Tables:SessionsTable"] = AzuriteServer.NewTableName("sessions"),
            ["Tables:DueTable"] = AzuriteServer.NewTableName("sessiondue"),
            ["Keys:Ring:0:Id"] = "1",
            ["Keys:Ring:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Keys:Ring:0:State"] = "Active",
            ["ServiceKeys:0:Id"] = service.Id,
            ["ServiceKeys:0:Hash"] = service.Hash,
            ["ServiceKeys:0:ExpiresAt"] = expires,
            ["ServiceKeys:1:Id"] = operatorKey.Id,
            ["ServiceKeys:1:Hash"] = operatorKey.Hash,
            ["ServiceKeys:1:ExpiresAt"] = expires,
            ["ServiceKeys:1:Scopes:0"] = "sessions.operate",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        var scopes = ScopeNames.All.Where(name => name != "sessions.operate").ToArray();
        for (var i = 0; i < scopes.Length; i++)
        {
            all[$"ServiceKeys:0:Scopes:{i.ToString(CultureInfo.InvariantCulture)}"] = scopes[i];
        }

        if (redis is not null)
        {
            all["Cache:ConnectionString"] = redis;
            all["Cache:KeyPrefix"] = RedisServer.NewPrefix();
        }

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var process = await LaunchAsync(url, all, cancellationToken);
        return new SessionServerProcess(process, url, all, service.Reveal(), operatorKey.Reveal());
    }

    /// <summary>Starts another instance over the same tables, cache and keys.</summary>
    public async Task<SessionServerProcess> StartSecondAsync(CancellationToken cancellationToken)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var process = await LaunchAsync(url, Settings, cancellationToken);
        return new SessionServerProcess(process, url, Settings, ServiceKey, OperatorKey);
    }

    /// <summary>Sends a signal.</summary>
    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Ends it at once, as a crash does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<ServerProcess> LaunchAsync(Uri url, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var environment = settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal);
        environment["ASPNETCORE_URLS"] = url.ToString();
        var program = new ServerProgram("dotnet", [FindAssembly()], HowToBuild) { Environment = environment };
        return ServerProcess.StartAsync(program, token => IsReadyAsync(url, token), cancellationToken);
    }

    private static async Task<bool> IsReadyAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(new Uri(url, "/api/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The same configuration that the tests were built in, from the host's own output.
    private static string FindAssembly()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return Path.Combine(folder.FullName, "src", "SessionServer", "bin", configuration, output.Name, "SessionServer.dll");
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
