using Bench.Runner.Loads;
using Bench.Runner.Probes;
using Bench.Runner.Servers;

namespace Bench.Runner;

/// <summary>The probes of a run, with their amounts.</summary>
internal sealed class ProbeList(BenchOptions options, Stand stand, OurServers servers, OurLoads ours, OurRequests requests, CountingRig rig)
{
    /// <summary>Gets the titles of all probes.</summary>
    public static IReadOnlyList<string> Titles { get; } =
        [StartProbe.Name, CallsProbe.Name, StormProbe.Name, PurgeProbe.Name, MemoryProbe.Name, ListProbe.Name, TagProbe.Name, FollowProbe.Name, RevocationProbe.Name, EventProbe.Name, EventProbe.LongOutage];

    public IEnumerable<IProbe> Probes()
    {
        var ready = servers.RecipeOf("ours", new Dictionary<string, string>(StringComparer.Ordinal)) with { GaugeAssembly = null };
        yield return new StartProbe(stand.LeastRecipe, ready with { ReadyPath = "/api/health/live" }, ready, options.IsQuick ? 3 : 11);
        yield return new CallsProbe(rig, ours, requests);
        yield return new TagProbe();
        yield return new FollowProbe(stand, servers, options.IsQuick ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(30));
        yield return new RevocationProbe(stand, servers, requests, options.IsQuick ? 10 : 100);
        yield return Events(EventProbe.Name, outage: options.IsQuick ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30), afterwards: options.IsQuick ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30));
        yield return Events(EventProbe.LongOutage, outage: options.IsQuick ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(10), afterwards: options.IsQuick ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1));
        yield return new StormProbe(rig, ours, requests, sessions: options.IsQuick ? 1_000 : 5_000);
        yield return new PurgeProbe(stand, servers, requests, due: options.IsQuick ? 200 : 1_000, few: options.IsQuick ? 400 : 2_000, many: options.IsQuick ? 2_000 : 50_000);
        yield return new MemoryProbe(
            stand, servers, ours, requests, options.IsQuick ? 5_000 : 100_000, options.IsQuick ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(10));
        yield return new ListProbe(rig, ours, requests, few: 1_000, many: options.IsQuick ? 5_000 : 100_000);
    }

    private static EventProbe Events(string title, TimeSpan outage, TimeSpan afterwards) => new(title, changesPerSecond: 1_000, outage + afterwards, outage);
}
