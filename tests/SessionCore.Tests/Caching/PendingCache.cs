using System.Threading.Tasks.Sources;
using SessionCore.Caching;

namespace SessionCore.Tests.Caching;

/// <summary>A cache whose one read waits for <see cref="Answer"/> and allocates nothing: what is over it can be weighed.</summary>
internal sealed class PendingCache : ICache, IValueTaskSource<byte[]?>
{
    private ManualResetValueTaskSourceCore<byte[]?> _core = new() { RunContinuationsAsynchronously = false };

    public void Answer() => _core.SetResult(null);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        _core.Reset();
        return new ValueTask<byte[]?>(this, _core.Version);
    }

    public ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) => throw new NotSupportedException();

    public byte[]? GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
