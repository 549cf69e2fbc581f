using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>
/// An end deletes the cache's entries instead of putting tombstones in their place. It destroys leases just as well; but a
/// deletion is nothing that anybody waits for until the replica has it.
/// </summary>
internal sealed class DeletedInsteadOfEntombed : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache) };

    private sealed class Cache(ICache inner) : ForwardingCache(inner)
    {
        public override async ValueTask<bool> EntombAsync(
            IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken)
        {
            foreach (var key in tombstones.Select(tombstone => tombstone.Key).Concat(removed))
            {
                await Inner.RemoveAsync(key, expected: null, cancellationToken);
            }

            return true;
        }
    }
}
