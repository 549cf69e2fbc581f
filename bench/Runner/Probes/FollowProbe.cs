using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Probes;

/// <summary>What it costs a back end to follow 1,000 endings a second, beside the same back end where nothing ends.</summary>
internal sealed class FollowProbe(Stand stand, OurServers servers, TimeSpan window) : IProbe
{
    public const string Name = "following the endings";
    public const string Cpu = "1,000 endings a second, of a core";
    public const string Memory = "1,000 endings a second, more memory";
    private const string PerSecond = "1000";

    // What is held is there with the first answers; the rest of a start is over by then.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var assembly = await Applications.PublishAsync(stand, cancellationToken);
        var quiet = await MeasureAsync(assembly, "0", cancellationToken);
        var busy = await MeasureAsync(assembly, PerSecond, cancellationToken);
        return new ProbeResult(
            Name,
            [
                new ProbeFigure("nothing ends, of a core", quiet.Percent, "%"),
                new ProbeFigure(Cpu, busy.Percent, "%"),
                new ProbeFigure("nothing ends, memory", quiet.Megabytes, "MB"),
                new ProbeFigure(Memory, Math.Round(busy.Megabytes - quiet.Megabytes, 1), "MB"),
            ]);
    }

    private async Task<(double Percent, double Megabytes)> MeasureAsync(string assembly, string perSecond, CancellationToken cancellationToken)
    {
        await using var feed = await BenchServer.StartAsync(servers.ApplicationOf("feed", "Feed", "http://127.0.0.1:9", assembly, perSecond), cancellationToken);
        await using var verifier = await BenchServer.StartAsync(
            servers.ApplicationOf("verifier", "Passports", OurServers.AddressOf(feed), assembly) with { GaugeAssembly = null }, cancellationToken);
        await Task.Delay(Settle, TimeProvider.System, cancellationToken);
        var before = verifier.ReadProcess();
        await Task.Delay(window, TimeProvider.System, cancellationToken);
        var after = verifier.ReadProcess();
        return (Math.Round((after.Cpu - before.Cpu) / window * 100, 2), Math.Round(after.ResidentBytes / 1_000_000.0, 1));
    }
}
