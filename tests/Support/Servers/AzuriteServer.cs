using System.Globalization;
using System.Security.Cryptography;

namespace Support.Servers;

/// <summary>
/// The table service of Azurite (from npm) on a free port. It keeps nothing across <see cref="KillAsync"/>; for
/// durability tests it is the wrong server.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The variable that names a server to share: its address (http://127.0.0.1:10002) or a connection string.</summary>
    public const string Variable = "SESSION_TEST_TABLES";

    // Azurite's published account; it protects nothing.
    internal const string Account = "devstoreaccount1";
    internal const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    internal const string HowToInstall = "Run 'npm ci' at the root of the repository (Node 20 or later).";
    private const string Endpoint = "TableEndpoint=";
    private const int MaxRetries = 2;

    private static readonly Lazy<Task<AzuriteServer>> Shared = new(CreateSharedAsync);

    private readonly ServerProcess? _process;

    private AzuriteServer(string connectionString, ServerProcess? process)
    {
        ConnectionString = connectionString;
        _process = process;
    }

    /// <summary>Gets the connection string.</summary>
    public string ConnectionString { get; }

    /// <summary>Gets the port, for a proxy before it.</summary>
    public int Port => new Uri(ConnectionString.Split(';').First(part => part.StartsWith(Endpoint, StringComparison.Ordinal))[Endpoint.Length..]).Port;

    /// <summary>Gets the one server that all tests of this process share; never dispose it. Part tests by <see cref="NewTableName"/>.</summary>
    public static Task<AzuriteServer> SharedAsync() => Shared.Value;

    /// <summary>Returns an unused table name.</summary>
    public static string NewTableName(string prefix = "t") => prefix + RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Starts a server of one's own.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="folder">Where it keeps its tables when it is stopped by <see cref="StopAsync"/>; null to keep nothing.</param>
    public static async Task<AzuriteServer> StartAsync(CancellationToken cancellationToken, string? folder = null)
    {
        for (var retries = 0; retries < MaxRetries; retries++)
        {
            try
            {
                return await StartOnceAsync(FreePort.Next(), folder, cancellationToken);
            }
            catch (InvalidOperationException)
            {
                // Another process took the port meanwhile; a missing program fails again and is then reported.
            }
        }

        return await StartOnceAsync(FreePort.Next(), folder, cancellationToken);
    }

    /// <summary>Sends a signal, for example <see cref="Signal.Stop"/> to make a black hole of the port.</summary>
    public void Send(Signal signal) => Owned.Send(signal);

    /// <summary>Ends the server at once.</summary>
    public Task KillAsync() => Owned.KillAsync();

    /// <summary>Asks the server to write down what it has and to end. Azurite does so on SIGINT only.</summary>
    public Task StopAsync(TimeSpan patience) => Owned.StopAsync(patience, Signal.Interrupt);

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private ServerProcess Owned => _process ?? throw new InvalidOperationException($"The server of {Variable} is not ours to signal.");

    private static async Task<AzuriteServer> CreateSharedAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return await StartAsync(CancellationToken.None);
        }

        var connectionString = given.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? ConnectionStringFor(new Uri(given).GetLeftPart(UriPartial.Authority))
            : given;
        return new AzuriteServer(connectionString, process: null);
    }

    private static async Task<AzuriteServer> StartOnceAsync(int port, string? folder, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Program("table"), "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture),
            "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", folder],
        ];
        var process = await ServerProcess.StartAsync(
            new ServerProgram("node", arguments, HowToInstall),
            async token => await Loopback.AnswerAsync(port, "GET / HTTP/1.0\r\n\r\n", length: 5, token) is "HTTP/",
            cancellationToken);
        return new AzuriteServer(ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), process);
    }

    /// <summary>Gives the connection string of a server of this account, or of a proxy before it.</summary>
    /// <param name="address">Scheme, host and port.</param>
    public static string ConnectionStringFor(string address) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};TableEndpoint={address}/{Account};";

    // Test output lies some folders below the root; where it was published elsewhere, the working directory may still be inside.
    internal static string Program(string service)
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var program = Path.Combine(folder.FullName, "node_modules", "azurite", "dist", "src", service, "main.js");
                if (File.Exists(program))
                {
                    return program;
                }
            }
        }

        throw new InvalidOperationException($"Azurite is not installed. {HowToInstall}");
    }
}
