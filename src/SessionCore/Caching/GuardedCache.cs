using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Pooling;

namespace SessionCore.Caching;

/// <summary>A cache behind a circuit breaker: while Redis keeps failing, calls fail at once instead of at their deadline.</summary>
internal sealed class GuardedCache(ICache inner, TimeProvider timeProvider, ILogger<GuardedCache> logger) : ICache
{
    private readonly CacheBreaker _breaker = new(timeProvider, logger);

    /// <inheritdoc/>
    public bool IsFailing => _breaker.IsFailing;

    public IDisposable? Gather() => inner.Gather();

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => GuardAsync(
        static (it, token) => it.inner.GetAsync(it.key, token), (inner, key), cancellationToken);

    public ValueTask<byte[]?> LeaseAsync(
        string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) => GuardAsync(
        static (it, token) => it.inner.LeaseAsync(it.key, it.lease, it.replaceable, it.ttl, token),
        (inner, key, lease, replaceable, ttl),
        cancellationToken);

    public ValueTask<bool> FillAsync(
        string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) => GuardAsync(
        static (it, token) => it.inner.FillAsync(it.key, it.lease, it.value, it.ttl, token),
        (inner, key, lease, value, ttl),
        cancellationToken);

    public async ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) => await GuardAsync(
        static async (it, token) =>
        {
            await it.inner.RefreshAsync(it.key, it.value, it.ttl, token);
            return true;
        },
        (inner, key, value, ttl),
        cancellationToken);

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones,
        IReadOnlyList<string> removed,
        TimeSpan ttl,
        CancellationToken cancellationToken) => GuardAsync(
        static (it, token) => it.inner.EntombAsync(it.tombstones, it.removed, it.ttl, token),
        (inner, tombstones, removed, ttl),
        cancellationToken);

    public async ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) => await GuardAsync(
        static async (it, token) =>
        {
            await it.inner.RemoveAsync(it.key, it.expected, token);
            return true;
        },
        (inner, key, expected),
        cancellationToken);

    private ValueTask<T> GuardAsync<TState, T>(
        Func<TState, CancellationToken, ValueTask<T>> call, TState state, CancellationToken cancellationToken)
    {
        if (!_breaker.IsCounting)
        {
            return WatchAsync(call(state, cancellationToken));
        }

        // Returned, not thrown: while Redis is down, every request comes here.
        return _breaker.IsOpen
            ? ValueTask.FromException<T>(CacheBreaker.NotSent())
            : _breaker.RunAsync(call, state, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<T> WatchAsync<T>(ValueTask<T> call)
    {
        try
        {
            return await call;
        }
        catch (CacheUnavailableException e)
        {
            _breaker.Failed(e);
            throw;
        }
    }
}
