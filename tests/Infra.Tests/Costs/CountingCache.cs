using SessionCore.Caching;

namespace Infra.Tests.Costs;

/// <summary>Counts round trips to Redis.</summary>
internal sealed class CountingCache(ICache inner) : ICache
{
    public int Calls { get; private set; }

    public void Reset() => Calls = 0;

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.GetAsync(key, cancellationToken);
    }

    public ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.LeaseAsync(key, lease, replaceable, ttl, cancellationToken);
    }

    public ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.FillAsync(key, lease, value, ttl, cancellationToken);
    }

    public ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.RefreshAsync(key, value, ttl, cancellationToken);
    }

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.EntombAsync(tombstones, removed, ttl, cancellationToken);
    }

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken)
    {
        Calls++;
        return inner.RemoveAsync(key, expected, cancellationToken);
    }
}
