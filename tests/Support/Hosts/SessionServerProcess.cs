using System.Globalization;
using Support.Servers;

namespace Support.Hosts;

/// <summary>A host of the API as a process of its own, with tables and keys of its own, on real Azurite and Redis.</summary>
public sealed class SessionServerProcess : IAsyncDisposable
{
    private const string Ready = "/api/health/ready";

    private readonly ServerProcess _process;
    private readonly HostKind _kind;

    private SessionServerProcess(ServerProcess process, HostKind kind, Uri url, IReadOnlyDictionary<string, string> settings, string serviceKey, string operatorKey)
    {
        _process = process;
        _kind = kind;
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

    /// <summary>Gets the last lines it logged.</summary>
    public string LastLines => _process.LastLines;

    /// <summary>Starts SessionServer.</summary>
    /// <param name="tables">A connection string of tables.</param>
    /// <param name="redis">Host and port of Redis; null to run without a cache.</param>
    /// <param name="settings">Further configuration, which wins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<SessionServerProcess> StartAsync(
        string tables, string? redis, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken) =>
        StartAsync(HostKind.Kestrel, tables, redis, settings, Ready, cancellationToken);

    /// <summary>Starts a host.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="tables">A connection string of tables.</param>
    /// <param name="redis">Host and port of Redis; null to run without a cache.</param>
    /// <param name="settings">Further configuration, which wins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<SessionServerProcess> StartAsync(
        HostKind kind, string tables, string? redis, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken) =>
        StartAsync(kind, tables, redis, settings, Ready, cancellationToken);

    /// <summary>Starts a server without waiting for its stores: it is there when it is live.</summary>
    public static Task<SessionServerProcess> StartLiveAsync(
        string tables, string? redis, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellationToken) =>
        StartAsync(HostKind.Kestrel, tables, redis, settings, "/api/health/live", cancellationToken);

    private static async Task<SessionServerProcess> StartAsync(
        HostKind kind, string tables, string? redis, IReadOnlyDictionary<string, string>? settings, string health, CancellationToken cancellationToken)
    {
        var configuration = new HostConfiguration(tables, redis);
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var all = new Dictionary<string, string>(configuration.Settings, StringComparer.OrdinalIgnoreCase)
        {
            ["Tables:SessionsTable"] = AzuriteServer.NewTableName("sessions"),
            ["Tables:DueTable"] = AzuriteServer.NewTableName("sessiondue"),
            ["Logging:LogLevel:Default"] = "Warning",
        };
        if (redis is not null)
        {
            all["Cache:KeyPrefix"] = RedisServer.NewPrefix();
        }

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        var process = await LaunchAsync(kind, url, all, health, cancellationToken);
        return new SessionServerProcess(process, kind, url, all, configuration.Service.Reveal(), configuration.Operator.Reveal());
    }

    /// <summary>Starts another instance over the same tables, cache and keys.</summary>
    public async Task<SessionServerProcess> StartSecondAsync(CancellationToken cancellationToken)
    {
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var process = await LaunchAsync(_kind, url, Settings, Ready, cancellationToken);
        return new SessionServerProcess(process, _kind, url, Settings, ServiceKey, OperatorKey);
    }

    /// <summary>Waits until it ends by itself and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal.</summary>
    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Ends it at once, as a crash does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Task<ServerProcess> LaunchAsync(
        HostKind kind, Uri url, IReadOnlyDictionary<string, string> settings, string health, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(HostProgram.Of(kind, url, settings), token => AnswersAsync(new Uri(url, health), token), cancellationToken);

    private static async Task<bool> AnswersAsync(Uri health, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var answer = await client.GetAsync(health, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
