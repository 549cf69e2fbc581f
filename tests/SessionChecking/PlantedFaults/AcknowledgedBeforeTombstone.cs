using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>An end is acknowledged while its tombstones are still on their way.</summary>
internal sealed class AcknowledgedBeforeTombstone : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache) };

    private sealed class Cache(ICache inner) : ForwardingCache(inner)
    {
        public override ValueTask<bool> EntombAsync(
            IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken)
        {
            _ = EntombLaterAsync(tombstones, removed, ttl);
            return ValueTask.FromResult(true);
        }

        private async Task EntombLaterAsync(IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl)
        {
            try
            {
                await Inner.EntombAsync(tombstones, removed, ttl, CancellationToken.None);
            }
            catch (CacheUnavailableException)
            {
                // Nobody waits for it.
            }
        }
    }
}
