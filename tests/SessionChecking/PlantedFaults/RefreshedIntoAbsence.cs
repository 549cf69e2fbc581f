using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>After a write to the table its entry is put into the cache even where there was none.</summary>
internal sealed class RefreshedIntoAbsence : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache, world) };

    private sealed class Cache(ICache inner, World world) : ForwardingCache(inner)
    {
        public override async ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
        {
            await Inner.RefreshAsync(key, value, ttl, cancellationToken);
            if (world.Cache.Cache.Peek(key) is null)
            {
                world.Cache.Cache.Plant(key, value, ttl);
            }
        }
    }
}
