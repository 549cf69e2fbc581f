using System.Net;
using System.Net.Sockets;
using Dev.Setup;
using Support.Servers;

namespace Dev.Up;

/// <summary>Runs the API on this machine, with everything it needs.</summary>
internal sealed class UpCommand : ICommand
{
    private const int UsualPort = 7071;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Name => "up";

    /// <inheritdoc/>
    public string Purpose => "runs the API with Azurite and Redis until Ctrl+C, and shows how to try it";

    /// <inheritdoc/>
    public IReadOnlyList<CommandOption> Options { get; } =
    [
        new("--port N", "listens on this port; default 7071, or a free one if that is in use"),
        new("--json", "writes one line of JSON to standard output when the API answers"),
        new("--no-redis", "runs without a cache"),
        new("--functions", "runs the Functions host, with Azure Functions Core Tools, in place of Kestrel"),
        new("--fresh", "creates new keys and deletes the sessions of earlier runs"),
        new("--demo", "fills the tables with 2,000 users and their sessions of a week"),
        new("--demo-users N", "fills them with N users, 1 to 100000"),
        new("--data FOLDER", "folder of keys and sessions; default artifacts/dev"),
        SystemPackage.YesOption,
    ];

    /// <inheritdoc/>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var options = UpOptions.Parse(arguments);
        HostProject.Check(options);
        var port = PortFor(options);
        var progress = new Progress(Console.Error);
        progress.Line($"Starts Azurite{(options.WithRedis ? ", Redis" : string.Empty)} and the session API on port {port}; Ctrl+C stops everything.");
        using var folder = DevelopmentFolder.Take(options, progress);
        await NodeModules.EnsureAsync(progress, cancellationToken);
        var withRedis = await WithRedisAsync(options, progress, cancellationToken);

        // The build and the start of the servers run concurrently.
        var building = HostProject.BuildAsync(options, progress, cancellationToken);
        await using var servers = new BackingServers();
        await Task.WhenAll(building, servers.StartAsync(options, withRedis, folder.Tables, progress, cancellationToken));

        var settings = new HostSettings(port, servers.Tables, servers.Redis, folder.Keys);
        if (options.DemoUsers is { } users)
        {
            await DemoProject.FillAsync(settings, users, progress, cancellationToken);
        }

        await using var host = await StartHostAsync(options, settings, progress, cancellationToken);
        var consoleUrl = options.OnFunctions ? null : settings.ConsoleUrl;
        await Console.Out.WriteLineAsync(options.IsJson ? Announcement.Json(settings, consoleUrl) : Announcement.Tour(settings, consoleUrl));
        await Console.Out.FlushAsync(cancellationToken);
        return await WaitAsync(host, progress, cancellationToken);
    }

    private static async Task<bool> WithRedisAsync(UpOptions options, Progress progress, CancellationToken cancellationToken)
    {
        if (!options.WithRedis)
        {
            progress.Line("Runs without a cache, as asked.");
            return false;
        }

        if (await RedisProgram.EnsureAsync(progress, options.MayInstall, cancellationToken))
        {
            return true;
        }

        progress.Line($"Runs without a cache: redis-server is missing. {RedisProgram.HowToInstall}");
        return false;
    }

    private static int PortFor(UpOptions options)
    {
        if (options.Port is not { } asked)
        {
            return IsFree(UsualPort) ? UsualPort : FreePort.Next();
        }

        return IsFree(asked)
            ? asked
            : throw new InvalidOperationException($"Port {asked} is in use. Choose another with --port, or leave it out to get a free one.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<ServerProcess> StartHostAsync(
        UpOptions options, HostSettings settings, Progress progress, CancellationToken cancellationToken)
    {
        using var step = progress.Begin("starting the host");
        using var client = new HttpClient();
        return await ServerProcess.StartAsync(
            HostProject.Program(options, settings, progress.Detail),
            async token => await Answers.StatusAsync(client, settings.Url + "/api/health/ready", token) is HttpStatusCode.OK,
            cancellationToken);
    }

    private static async Task<int> WaitAsync(ServerProcess host, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            await host.WaitForExitAsync(cancellationToken);
            progress.Line("The host ended by itself; its last lines are above.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            progress.Line("Stopping.");
            await host.StopAsync(DrainLimit);
            return 0;
        }
    }
}
