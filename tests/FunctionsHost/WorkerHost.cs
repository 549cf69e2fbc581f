using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Servers;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>
/// A Functions host for tests, on loopback ports: starts the worker of a built app, loads its functions, routes and proxies HTTP as
/// the platform's host does, and runs timers when asked.
/// </summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private const string HowToBuild = "Build the function app first: 'dotnet build'.";
    private const long MaxRequestBytes = 100 * 1024 * 1024;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    private readonly WebApplication _channelServer;
    private readonly WorkerChannel _channel;
    private readonly ServerProcess _worker;
    private readonly HttpInvoker _invoker;
    private readonly Queues _queues;
    private readonly WebApplication _httpServer;

    private WorkerHost(WebApplication channelServer, WorkerChannel channel, ServerProcess worker, LoadedApp loaded, string routePrefix, int port)
    {
        _channelServer = channelServer;
        _channel = channel;
        _worker = worker;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTime);
        _httpServer = builder.Build();
        _invoker = new HttpInvoker(channel, loaded.HttpUri, _httpServer.Services.GetRequiredService<IHttpForwarder>());
        _queues = new Queues(channel, loaded.Functions);
        Routes.Map(_httpServer, routePrefix, loaded.Functions, _invoker, new Timers(channel));
    }

    /// <summary>Gets where it takes HTTP.</summary>
    public Uri Url => new(_httpServer.Urls.First());

    /// <summary>Gets the worker's process id.</summary>
    public int WorkerId => _worker.Id;

    /// <summary>Starts an app's worker and listens once every function is loaded.</summary>
    /// <param name="folder">The app's output folder.</param>
    /// <param name="port">The port of HTTP; 0 for any free one.</param>
    /// <param name="writeLine">Takes what the app logs, as far as its host.json lets it through, and the worker's output.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The worker does not start; the message ends with what it wrote.</exception>
    public static async Task<WorkerHost> StartAsync(string folder, int port, Action<string> writeLine, CancellationToken cancellationToken)
    {
        var app = FunctionApp.Read(folder);
        var channel = new WorkerChannel(app, writeLine);
        var channelServer = Listen(channel);
        ServerProcess? worker = null;
        try
        {
            await channelServer.StartAsync(cancellationToken);
            worker = await ServerProcess.StartAsync(
                WorkerProgram(app, new Uri(channelServer.Urls.First()), writeLine), token => IsReadyAsync(channel, token), cancellationToken);
            var loaded = await channel.Loaded;
            var host = new WorkerHost(channelServer, channel, worker, loaded, app.RoutePrefix, port);
            await host._httpServer.StartAsync(cancellationToken);
            writeLine(string.Create(CultureInfo.InvariantCulture, $"Listening on {host.Url}; worker process {worker.Id}; {loaded.Functions.Count} functions"));
            return host;
        }
        catch
        {
            await (worker?.DisposeAsync() ?? ValueTask.CompletedTask);
            await channelServer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until this process is asked to end or the worker does, then drains.</summary>
    public async Task WaitForShutdownAsync()
    {
        await Task.WhenAny(_httpServer.WaitForShutdownAsync(), _channel.Closed);
        await _httpServer.StopAsync();
        await _queues.DisposeAsync();
        _channel.Terminate();
        await _worker.StopAsync(DrainTime);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _httpServer.DisposeAsync();
        await _queues.DisposeAsync();
        _invoker.Dispose();
        await _worker.DisposeAsync();
        await _channelServer.DisposeAsync();
    }

    // The worker's HTTP server starts beside its channel. A failure of the loading ends the wait as well and is thrown to its awaiter.
    private static async Task<bool> IsReadyAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        if (!channel.Loaded.IsCompletedSuccessfully)
        {
            return channel.Loaded.IsCompleted;
        }

        var loaded = await channel.Loaded;
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(loaded.HttpUri.Host, loaded.HttpUri.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static WebApplication Listen(WorkerChannel channel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
            kestrel.Listen(IPAddress.Loopback, port: 0, static listener => listener.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(channel);
        var server = builder.Build();
        server.MapGrpcService<WorkerChannel>();
        return server;
    }

    private static ServerProgram WorkerProgram(FunctionApp app, Uri channel, Action<string> writeLine)
    {
        var id = Guid.CreateVersion7().ToString();
        var request = Guid.CreateVersion7().ToString();
        var most = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            app.WorkerPath,
            "--host", channel.Host, "--port", channel.Port.ToString(CultureInfo.InvariantCulture),
            "--workerId", id, "--requestId", request, "--grpcMaxMessageLength", most,
            "--functions-uri", channel.AbsoluteUri, "--functions-worker-id", id, "--functions-request-id", request,
            "--functions-grpc-max-message-length", most,
        ];
        return new ServerProgram("dotnet", arguments, HowToBuild)
        {
            WorkingDirectory = app.Folder,
            OnLine = writeLine,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
                ["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder,
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder,
            },
        };
    }
}
