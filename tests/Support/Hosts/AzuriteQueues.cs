using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Queues;
using Support.Servers;

namespace Support.Hosts;

/// <summary>The queue service of Azurite (from npm) on a free port. It keeps nothing.</summary>
public sealed class AzuriteQueues : IAsyncDisposable
{
    private static readonly Lazy<Task<AzuriteQueues>> Shared = new(() => StartAsync(CancellationToken.None));

    private readonly ServerProcess _process;

    private AzuriteQueues(string connectionString, ServerProcess process)
    {
        ConnectionString = connectionString;
        _process = process;
    }

    /// <summary>Gets the connection string.</summary>
    public string ConnectionString { get; }

    /// <summary>Gets the one server that all tests of this process share; never dispose it. Part tests by the names of their queues.</summary>
    public static Task<AzuriteQueues> SharedAsync() => Shared.Value;

    /// <summary>Starts a server of one's own.</summary>
    public static async Task<AzuriteQueues> StartAsync(CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        string[] arguments =
        [
            AzuriteServer.Program("queue"), "--queueHost", "127.0.0.1", "--queuePort", port.ToString(CultureInfo.InvariantCulture),
            "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--inMemoryPersistence",
        ];
        var process = await ServerProcess.StartAsync(
            new ServerProgram("node", arguments, AzuriteServer.HowToInstall),
            async token => await Loopback.AnswerAsync(port, "GET / HTTP/1.0\r\n\r\n", length: 5, token) is "HTTP/",
            cancellationToken);
        var endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{AzuriteServer.Account}");
        return new AzuriteQueues(
            $"DefaultEndpointsProtocol=http;AccountName={AzuriteServer.Account};AccountKey={AzuriteServer.AccountKey};QueueEndpoint={endpoint};", process);
    }

    /// <summary>Creates a queue of its own.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        var name = NewName();
        await new QueueClient(ConnectionString, name).CreateAsync(cancellationToken: cancellationToken);
        return name;
    }

    /// <summary>Returns an unused name of a queue.</summary>
    public static string NewName() => "q" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
