using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>An end leaves the user's list in the cache as it was.</summary>
internal sealed class ListLeftBehind : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache) };

    private sealed class Cache(ICache inner) : ForwardingCache(inner)
    {
        public override ValueTask<bool> EntombAsync(
            IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken) =>
            Inner.EntombAsync(tombstones, [], ttl, cancellationToken);
    }
}
