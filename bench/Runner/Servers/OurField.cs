using SessionTesting.Servers;

namespace Bench.Runner.Servers;

/// <summary>The product in the forms that contests compare; all on the same tables.</summary>
/// <param name="Main">With Redis, as by default.</param>
/// <param name="Uncached">Without a cache.</param>
/// <param name="Degraded">Configured with a Redis that has gone.</param>
/// <param name="InProcess">With live sessions kept in the process for a second.</param>
internal sealed record OurField(BenchServer Main, BenchServer Uncached, BenchServer Degraded, BenchServer InProcess)
{
    public static async Task<OurField> StartAsync(OurServers servers, CancellationToken cancellationToken)
    {
        var main = await servers.StartAsync("ours", Nothing, cancellationToken);
        var uncached = await servers.StartAsync("ours without cache", Only("Cache__ConnectionString", string.Empty), cancellationToken);

        // It starts with its Redis there, and keeps on trying once that is gone.
        await using var redis = await RedisServer.StartAsync(cancellationToken);
        var degraded = await servers.StartAsync("ours, Redis down", Only("Cache__ConnectionString", redis.Address), cancellationToken);
        var inProcess = await servers.StartAsync("ours, in-process cache", Only("Cache__LocalAge", "00:00:01"), cancellationToken);
        return new OurField(main, uncached, degraded, inProcess);
    }

    private static Dictionary<string, string> Nothing => new(StringComparer.Ordinal);

    private static Dictionary<string, string> Only(string variable, string value) => new(StringComparer.Ordinal) { [variable] = value };
}
