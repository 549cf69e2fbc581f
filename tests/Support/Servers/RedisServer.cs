using System.Globalization;
using System.Security.Cryptography;

namespace Support.Servers;

/// <summary>A redis-server on a free port that keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>The variable that names a server to share, as host:port.</summary>
    public const string Variable = "SESSION_TEST_REDIS";

    private const string HowToInstall = "Install redis-server 7 (Debian: apt-get install redis-server; macOS: brew install redis).";
    private const int MaxRetries = 2;

    private static readonly TimeSpan PortLimit = TimeSpan.FromSeconds(20);

    private static readonly Lazy<Task<RedisServer>> Shared = new(CreateSharedAsync);

    private readonly IReadOnlyList<string> _arguments;
    private ServerProcess? _process;

    private RedisServer(string host, int port, IReadOnlyList<string> arguments, ServerProcess? process)
    {
        Host = host;
        Port = port;
        _arguments = arguments;
        _process = process;
    }

    /// <summary>Gets the host, mostly the loopback address.</summary>
    public string Host { get; }

    /// <summary>Gets the port; it stays the same over <see cref="RestartAsync"/>.</summary>
    public int Port { get; }

    /// <summary>Gets host:port, as StackExchange.Redis takes it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Gets the process id, to freeze or watch it.</summary>
    public int ProcessId => Owned.Id;

    /// <summary>Gets the one server that all tests of this process share; never stop it. Part tests by <see cref="NewPrefix"/>.</summary>
    public static Task<RedisServer> SharedAsync() => Shared.Value;

    /// <summary>Returns an unused key prefix.</summary>
    public static string NewPrefix(string prefix = "t") => prefix + RandomNumberGenerator.GetHexString(16, lowercase: true) + ":";

    /// <summary>Starts a server of one's own.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="arguments">More arguments, for example <c>--requirepass</c> and a password.</param>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        for (var retries = 0; retries < MaxRetries; retries++)
        {
            try
            {
                return await StartOnceAsync(arguments, cancellationToken);
            }
            catch (InvalidOperationException)
            {
                // Another process took the port meanwhile; a missing program fails again and is then reported.
            }
        }

        return await StartOnceAsync(arguments, cancellationToken);
    }

    /// <summary>Starts a replica of this server. It answers at once and may still be behind.</summary>
    public Task<RedisServer> StartReplicaAsync(CancellationToken cancellationToken) =>
        StartAsync(cancellationToken, "--replicaof", Host, Port.ToString(CultureInfo.InvariantCulture), "--repl-diskless-sync-delay", "0");

    /// <summary>Starts a replica that reaches its primary through a proxy, which decides how far it lags.</summary>
    /// <param name="port">The proxy's port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<RedisServer> StartReplicaThroughAsync(int port, CancellationToken cancellationToken) =>
        StartAsync(cancellationToken, "--replicaof", "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), "--repl-diskless-sync-delay", "0");

    /// <summary>Makes it a primary, with the data it has.</summary>
    public Task PromoteAsync(CancellationToken cancellationToken) => CommandAsync("REPLICAOF NO ONE", cancellationToken);

    /// <summary>Makes it a replica of the primary on a port of this machine; what it has goes.</summary>
    public Task FollowAsync(int port, CancellationToken cancellationToken) =>
        CommandAsync(string.Create(CultureInfo.InvariantCulture, $"REPLICAOF 127.0.0.1 {port}"), cancellationToken);

    /// <summary>Drops every key.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => CommandAsync("FLUSHALL", cancellationToken);

    /// <summary>Whether it has caught up with its primary once.</summary>
    public async Task<bool> IsSyncedAsync(CancellationToken cancellationToken) =>
        (await Loopback.AnswerAsync(Port, "INFO replication\r\n", length: 110, cancellationToken))?.Contains("master_link_status:up", StringComparison.Ordinal) is true;

    /// <summary>Sends a signal: <see cref="Signal.Stop"/> freezes, <see cref="Signal.Continue"/> resumes.</summary>
    public void Send(Signal signal) => Owned.Send(signal);

    /// <summary>Ends the server at once; all keys are gone.</summary>
    public Task KillAsync() => Owned.KillAsync();

    /// <summary>Restarts it on the same port, empty.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Owned.DisposeAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PortLimit);
        while (true)
        {
            try
            {
                _process = await LaunchAsync(Port, _arguments, limit.Token);
                return;
            }
            catch (InvalidOperationException) when (!limit.IsCancellationRequested)
            {
                // The port is briefly in use: without a listener, a client that connects to it may connect to itself.
            }
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ServerProcess Owned => _process ?? throw new InvalidOperationException($"The server of {Variable} is not ours to stop.");

    private async Task CommandAsync(string command, CancellationToken cancellationToken)
    {
        if (await Loopback.AnswerAsync(Port, command + "\r\n", length: 3, cancellationToken) is not "+OK")
        {
            throw new InvalidOperationException($"Redis did not take '{command}'.");
        }
    }

    private static async Task<RedisServer> CreateSharedAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return await StartAsync(CancellationToken.None);
        }

        var colon = given.LastIndexOf(':');
        return new RedisServer(given[..colon], int.Parse(given[(colon + 1)..], CultureInfo.InvariantCulture), [], process: null);
    }

    private static async Task<RedisServer> StartOnceAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        return new RedisServer("127.0.0.1", port, arguments, await LaunchAsync(port, arguments, cancellationToken));
    }

    private static Task<ServerProcess> LaunchAsync(int port, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(
            new ServerProgram(
                "redis-server",
                [
                    "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                    "--save", string.Empty, "--appendonly", "no", "--daemonize", "no",

                    // A replica would leave its primary's copy on the disk, and whichever server starts next would begin with that.
                    "--repl-diskless-load", "swapdb", "--dbfilename", string.Create(CultureInfo.InvariantCulture, $"none-{port}.rdb"), .. arguments,
                ],
                HowToInstall),
            async token => await Loopback.AnswerAsync(port, "PING\r\n", length: 5, token) is "+PONG" or "-NOAU",
            cancellationToken);
}
