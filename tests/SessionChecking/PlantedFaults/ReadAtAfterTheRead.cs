using SessionChecking.Workloads;
using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>The age of an entry counts from after the table has been read.</summary>
internal sealed class ReadAtAfterTheRead : IPlantedFault
{
    public Ports Plant(Ports ports, World world) => ports with { Cache = new Cache(ports.Cache, ports.Clock) };

    private sealed class Cache(ICache inner, TimeProvider clock) : ForwardingCache(inner)
    {
        private readonly Restamp _restamp = new();

        public override ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
            Inner.FillAsync(key, lease, _restamp.With(key, value, clock.GetUtcNow()), ttl, cancellationToken);
    }
}
