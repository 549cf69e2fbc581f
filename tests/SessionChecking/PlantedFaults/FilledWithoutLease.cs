using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>What was read from the table is put into the cache whether the lease still stands there or not.</summary>
internal sealed class FilledWithoutLease : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache, world) };

    private sealed class Cache(ICache inner, World world) : ForwardingCache(inner)
    {
        public override async ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
        {
            await world.Network.PassAsync();
            world.Cache.Cache.Plant(key, value, ttl);
            await world.Network.PassAsync();
            return true;
        }
    }
}
