using SessionCore.Caching;

namespace SessionChecking.Faults;

/// <summary>
/// Keeps live values for one and the same time, never shorter than asked for. The protocol may not rely on Redis for the age of
/// an entry, and the core draws part of the time at random, which no history may depend on.
/// </summary>
internal sealed class SteadyCache(ICache inner, TimeSpan liveTime) : ICache
{
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

    public ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.LeaseAsync(key, lease, replaceable, ttl, cancellationToken);

    public ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.FillAsync(key, lease, value, TimeOf(value, ttl), cancellationToken);

    public ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.RefreshAsync(key, value, TimeOf(value, ttl), cancellationToken);

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken) =>
        inner.EntombAsync(tombstones, removed, ttl, cancellationToken);

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) =>
        inner.RemoveAsync(key, expected, cancellationToken);

    private TimeSpan TimeOf(byte[] value, TimeSpan ttl) => value[0] == CacheValue.Live ? liveTime : ttl;
}
