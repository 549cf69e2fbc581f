namespace SessionCore.Caching;

/// <summary>Null object for a deployment without Redis. Every read is a miss, and tombstones are confirmed because no entry can contradict them.</summary>
internal sealed class NoCache : ICache
{
    private NoCache()
    {
    }

    /// <summary>Gets the single instance.</summary>
    public static NoCache Instance { get; } = new();

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]?>(null);

    public ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) =>
        ValueTask.FromResult<byte[]?>(null);

    public ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        ValueTask.FromResult(false);

    public ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken) =>
        ValueTask.FromResult(true);

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
