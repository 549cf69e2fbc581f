using System.Globalization;
using System.Net;
using Bench.Runner.Meters;
using Support.Servers;

namespace Bench.Runner.Servers;

/// <summary>A server under load: one process that answers HTTP on a free loopback port.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private static readonly HttpClient Probe = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly ServerProcess _process;
    private readonly string? _gaugePath;

    private readonly TextWriter _log;

    private BenchServer(string name, int port, ServerProcess process, string? gaugePath, TextWriter log)
    {
        _log = log;
        Name = name;
        Endpoint = new IPEndPoint(IPAddress.Loopback, port);
        _process = process;
        _gaugePath = gaugePath;
    }

    public string Name { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<BenchServer> StartAsync(ServerRecipe recipe, CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        var environment = new Dictionary<string, string>(recipe.Environment(port), StringComparer.Ordinal);
        string? gaugePath = null;
        if (recipe.GaugeAssembly is not null)
        {
            gaugePath = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"bench-gauge-{Environment.ProcessId}-{port}"));
            environment["DOTNET_STARTUP_HOOKS"] = recipe.GaugeAssembly;
            environment["BENCH_GAUGE"] = gaugePath;
        }

        var ready = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{recipe.ReadyPath}"));
        var log = TextWriter.Synchronized(new StreamWriter(Repository.Find().LogOf(recipe.Name)) { AutoFlush = true });
        var process = await ServerProcess.StartAsync(
            new ServerProgram(recipe.Program, recipe.Arguments(port), recipe.HowToInstall) { Environment = environment, OnLine = log.WriteLine },
            token => AnswersAsync(ready, token),
            cancellationToken);
        return new BenchServer(recipe.Name, port, process, gaugePath, log);
    }

    public ProcessReading ReadProcess() => ProcessReading.Read(_process.Id);

    /// <summary>Reads the worker process of a function app, without its host.</summary>
    public ProcessReading ReadWorker() => ProcessReading.ReadWorkers(_process.Id, Recipes.DotnetProgram);

    /// <summary>Null when it is no .NET server.</summary>
    public GaugeReading? ReadGauge() => _gaugePath is null ? null : GaugeReading.Read(_gaugePath);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _log.DisposeAsync();
        if (_gaugePath is not null)
        {
            File.Delete(_gaugePath);
        }
    }

    private static async Task<bool> AnswersAsync(Uri ready, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Probe.GetAsync(ready, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
