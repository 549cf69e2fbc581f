using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>An entry counts for as long as the cache has it: every one seems to have been read just now.</summary>
internal sealed class NoMaxAge : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache, ports.Clock) };

    private sealed class Cache(ICache inner, TimeProvider clock) : ForwardingCache(inner)
    {
        private readonly Restamp _restamp = new();

        public override async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
            await Inner.GetAsync(key, cancellationToken) is { } value ? _restamp.With(key, value, clock.GetUtcNow()) : null;
    }
}
