using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Loads;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>Resident memory of a server and of a Functions worker that are idle, and of a server whose many live sessions are all in use.</summary>
internal sealed class MemoryProbe(Stand stand, OurServers servers, OurLoads ours, OurRequests requests, int sessions, TimeSpan time) : IProbe
{
    public const string Name = "memory";
    public const string Idle = "idle";
    public const string IdleWorker = "idle worker of the function app, without its host";
    public const string InUse = "many live sessions in use";
    private const int Readings = 10;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var idleWorker = await ReadIdleWorkerAsync(cancellationToken);
        var recipe = servers.RecipeOf("ours, memory", new Dictionary<string, string>(StringComparer.Ordinal)) with { GaugeAssembly = null };
        await using var server = await BenchServer.StartAsync(recipe, cancellationToken);
        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        var idle = server.ReadProcess().ResidentBytes;

        var asked = (await ours.Sessions.CreateAsync(sessions, cancellationToken))
            .Select(session => requests.Introspect(session.Token, touch: true))
            .ToArray();
        var readings = new List<long>();
        for (var reading = 0; reading < Readings; reading++)
        {
            await Arena.DriveAsync(
                new LoadPlan
                {
                    Endpoint = server.Endpoint,
                    Requests = index => asked[(int)(index % asked.Length)],
                    WarmUp = TimeSpan.Zero,
                    Window = time / Readings,
                },
                cancellationToken);
            readings.Add(server.ReadProcess().ResidentBytes);
        }

        return new ProbeResult(
            Name,
            [
                new ProbeFigure(Idle, Megabytes(idle), "MB"),

                // Where workers cannot be told from their host, the bar is not measured.
                .. idleWorker > 0 ? [new ProbeFigure(IdleWorker, Megabytes(idleWorker), "MB")] : Array.Empty<ProbeFigure>(),
                new ProbeFigure("live sessions", sessions, string.Empty),
                new ProbeFigure("minutes in use", time.TotalMinutes, string.Empty),
                new ProbeFigure("after a tenth of the time", Megabytes(readings[0]), "MB"),
                new ProbeFigure("at the end", Megabytes(readings[^1]), "MB"),
                new ProbeFigure(InUse, Megabytes(readings.Max()), "MB"),
                new ProbeFigure("peak", Megabytes(server.ReadProcess().PeakBytes), "MB"),
            ]);
    }

    private async Task<long> ReadIdleWorkerAsync(CancellationToken cancellationToken)
    {
        await using var app = await BenchServer.StartAsync(await FunctionApps.RecipeOfOursAsync(stand, servers, cancellationToken), cancellationToken);
        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        return app.ReadWorker().ResidentBytes;
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / 1_000_000.0, 1);
}
