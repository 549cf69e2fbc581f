using System.Globalization;
using System.Security.Cryptography;

namespace SessionTesting.Servers;

/// <summary>A redis-server on a free port that keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>The variable that names a server to share, as host:port.</summary>
    public const string Variable = "SESSION_TEST_REDIS";

    private const string HowToInstall = "Install redis-server 7 (Debian: apt-get install redis-server; macOS: brew install redis).";
    private const int MaxRetries = 2;

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

    /// <summary>Gives a key prefix that nobody uses.</summary>
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
                // Somebody took the port between finding and using it; a missing program fails again and is told then.
            }
        }

        return await StartOnceAsync(arguments, cancellationToken);
    }

    /// <summary>Starts a replica of this server. It answers at once and may still be behind.</summary>
    public Task<RedisServer> StartReplicaAsync(CancellationToken cancellationToken) =>
        StartAsync(cancellationToken, "--replicaof", Host, Port.ToString(CultureInfo.InvariantCulture), "--repl-diskless-sync-delay", "0");

    /// <summary>Sends a signal: <see cref="Signal.Stop"/> freezes, <see cref="Signal.Continue"/> goes on.</summary>
    public void Send(Signal signal) => Owned.Send(signal);

    /// <summary>Ends the server at once; all keys are gone.</summary>
    public Task KillAsync() => Owned.KillAsync();

    /// <summary>Starts it anew on the same port, empty.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Owned.DisposeAsync();
        _process = await LaunchAsync(Port, _arguments, cancellationToken);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ServerProcess Owned => _process ?? throw new InvalidOperationException($"The server of {Variable} is not ours to stop.");

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
                    "--save", string.Empty, "--appendonly", "no", "--daemonize", "no", .. arguments,
                ],
                HowToInstall),
            async token => await Loopback.AnswerAsync(port, "PING\r\n", length: 5, token) is "+PONG" or "-NOAU",
            cancellationToken);
}
