using SessionCore.Caching;

namespace SessionChecking.PlantedFaults;

/// <summary>A cache that does what the one behind it does, but for what a planted fault changes.</summary>
internal abstract class ForwardingCache(ICache inner) : ICache
{
    protected ICache Inner => inner;

    public virtual ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

    public ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.LeaseAsync(key, lease, replaceable, ttl, cancellationToken);

    public virtual ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.FillAsync(key, lease, value, ttl, cancellationToken);

    public virtual ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.RefreshAsync(key, value, ttl, cancellationToken);

    public virtual ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.EntombAsync(tombstones, removed, ttl, cancellationToken);

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) => inner.RemoveAsync(key, expected, cancellationToken);
}
