using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>A tombstone that the cache did not take counts as confirmed: open in doubt.</summary>
internal sealed class ConfirmedByAFailure : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache) };

    private sealed class Cache(ICache inner) : ForwardingCache(inner)
    {
        public override async ValueTask<bool> EntombAsync(
            IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken)
        {
            try
            {
                return await Inner.EntombAsync(tombstones, removed, ttl, cancellationToken);
            }
            catch (CacheUnavailableException)
            {
                return true;
            }
        }
    }
}
