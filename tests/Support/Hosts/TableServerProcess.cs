using System.Globalization;
using Support.Servers;
using Support.TableServer;

namespace Support.Hosts;

/// <summary>The durable table server as a process of its own: <c>kill -9</c> and a restart lose nothing that was acknowledged.</summary>
public sealed class TableServerProcess : IAsyncDisposable
{
    private const string HowToBuild = "Build the solution first: 'dotnet build'.";

    private readonly string _log;
    private ServerProcess _process;

    private TableServerProcess(ServerProcess process, int port, string log)
    {
        _process = process;
        Port = port;
        _log = log;
    }

    /// <summary>Gets the port; it stays the same over <see cref="RestartAsync"/>.</summary>
    public int Port { get; }

    /// <summary>Gets the file with every write in the order they took effect.</summary>
    public string Log => _log;

    /// <summary>Gets the connection string.</summary>
    public string ConnectionString => ConnectionStringFor(Port);

    /// <summary>Gives the connection string of a proxy before it.</summary>
    public static string ConnectionStringFor(int port) => AzuriteServer.ConnectionStringFor(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>Starts a server without tables, with a log in the folder for temporary files.</summary>
    public static async Task<TableServerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var log = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".tables");
        return new TableServerProcess(await LaunchAsync(port, log, cancellationToken), port, log);
    }

    /// <summary>Sends a signal.</summary>
    public void Send(Signal signal) => _process.Send(signal);

    /// <summary>Ends it at once, as a crash does.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Restarts it on the same port, with all acknowledged writes.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _process.DisposeAsync();
        _process = await LaunchAsync(Port, _log, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_log);
    }

    private static Task<ServerProcess> LaunchAsync(int port, string log, CancellationToken cancellationToken)
    {
        string[] arguments = [BuiltAssembly.Find("tests", "Support"), TableServerProgram.Name, "--port", port.ToString(CultureInfo.InvariantCulture), "--log", log];
        return ServerProcess.StartAsync(
            new ServerProgram("dotnet", arguments, HowToBuild),
            async token => await Loopback.AnswerAsync(port, "GET / HTTP/1.0\r\n\r\n", length: 5, token) is "HTTP/",
            cancellationToken);
    }
}
