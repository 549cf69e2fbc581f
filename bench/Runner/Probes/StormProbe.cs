using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Loads;

namespace Bench.Runner.Probes;

/// <summary>Many sessions are asked for at once, each several times, and none of them is in the cache.</summary>
internal sealed class StormProbe(CountingRig rig, OurLoads ours, OurRequests requests, int sessions) : IProbe
{
    public const string Name = "cold-cache storm";
    public const string ReadsPerSession = "table reads a session";
    private const int AskedEach = 4;
    private const int Connections = 64;

    public string Title => Name;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var asked = (await ours.Sessions.CreateAsync(sessions, cancellationToken))
            .Select(session => requests.Introspect(session.Token, touch: false))
            .ToArray();

        // The askers of one session come close together, so that they find its row being read.
        var before = rig.Total;
        var result = await Arena.DriveAsync(
            new LoadPlan
            {
                Endpoint = rig.Server.Endpoint,
                Requests = index => index < asked.Length * AskedEach ? asked[(int)index / AskedEach] : default(ReadOnlyMemory<byte>),
                Connections = Connections,
                WarmUp = TimeSpan.Zero,
                Window = TimeSpan.FromMinutes(10),
            },
            cancellationToken);
        var cost = rig.Total - before;
        return new ProbeResult(
            Name,
            [
                new ProbeFigure("sessions", sessions, string.Empty),
                new ProbeFigure("requests", result.Requests, string.Empty),
                new ProbeFigure(ReadsPerSession, Math.Round((double)cost.PointReads / sessions, 3), string.Empty),
                new ProbeFigure("p99 (through the counter)", result.Latency.Percentile(0.99).TotalMilliseconds, "ms"),
            ]);
    }
}
