using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>While the cache does not answer, what it last said counts: open in doubt.</summary>
internal sealed class AcceptedByAFailure : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache) };

    private sealed class Cache(ICache inner) : ForwardingCache(inner)
    {
        private readonly Dictionary<string, byte[]?> _last = new(StringComparer.Ordinal);

        public override async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
        {
            try
            {
                var value = await Inner.GetAsync(key, cancellationToken);

                // The core opens a value where it lies.
                _last[key] = value is null ? null : [.. value];
                return value;
            }
            catch (CacheUnavailableException) when (_last.GetValueOrDefault(key) is not null)
            {
                return [.. _last[key]!];
            }
        }
    }
}
