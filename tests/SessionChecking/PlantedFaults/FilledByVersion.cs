using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>
/// What was read from the table is put into the cache unless something newer or a tombstone stands there: compare-and-set by
/// version, which sees nothing wrong once the tombstone has been evicted.
/// </summary>
internal sealed class FilledByVersion : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache, world) };

    private sealed class Cache(ICache inner, World world) : ForwardingCache(inner)
    {
        public override async ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
        {
            await world.Network.PassAsync();
            var isNewer = world.Cache.Cache.Peek(key) switch
            {
                [CacheValue.Tombstone, ..] => false,
                [CacheValue.Live, ..] present => VersionOf(present).SequenceCompareTo(VersionOf(value)) < 0,
                _ => true,
            };
            if (isNewer)
            {
                world.Cache.Cache.Plant(key, value, ttl);
            }

            await world.Network.PassAsync();
            return isNewer;
        }

        private static ReadOnlySpan<byte> VersionOf(byte[] value) => value.AsSpan(0, Math.Min(value.Length, CacheValue.LiveHeaderBytes));
    }
}
