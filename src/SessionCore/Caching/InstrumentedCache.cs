namespace SessionCore.Caching;

/// <summary>Cache decorator that measures each step while a listener is attached.</summary>
internal sealed class InstrumentedCache(ICache inner, CacheMetrics metrics) : ICache
{
    /// <inheritdoc/>
    public bool IsFailing => inner.IsFailing;

    public IDisposable? Gather() => inner.Gather();

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync("get", metrics.Start(), inner.GetAsync(key, cancellationToken), static value => value is null ? "miss" : "hit")
        : inner.GetAsync(key, cancellationToken);

    public ValueTask<byte[]?> LeaseAsync(
        string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync(
            "lease",
            metrics.Start(),
            inner.LeaseAsync(key, lease, replaceable, ttl, cancellationToken),
            static present => present is null ? "granted" : "refused")
        : inner.LeaseAsync(key, lease, replaceable, ttl, cancellationToken);

    public ValueTask<bool> FillAsync(
        string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync(
            "fill",
            metrics.Start(),
            inner.FillAsync(key, lease, value, ttl, cancellationToken),
            static filled => filled ? "filled" : "refused")
        : inner.FillAsync(key, lease, value, ttl, cancellationToken);

    public ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync("refresh", metrics.Start(), inner.RefreshAsync(key, value, ttl, cancellationToken))
        : inner.RefreshAsync(key, value, ttl, cancellationToken);

    public ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones,
        IReadOnlyList<string> removed,
        TimeSpan ttl,
        CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync(
            "entomb",
            metrics.Start(),
            inner.EntombAsync(tombstones, removed, ttl, cancellationToken),
            static confirmed => confirmed ? "confirmed" : "unconfirmed")
        : inner.EntombAsync(tombstones, removed, ttl, cancellationToken);

    public ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken) => metrics.IsEnabled
        ? MeasureAsync("remove", metrics.Start(), inner.RemoveAsync(key, expected, cancellationToken))
        : inner.RemoveAsync(key, expected, cancellationToken);

    private async ValueTask<T> MeasureAsync<T>(string operation, long start, ValueTask<T> step, Func<T, string> outcomeOf)
    {
        var outcome = "failed";
        try
        {
            var result = await step;
            outcome = outcomeOf(result);
            return result;
        }
        catch (CacheUnavailableException)
        {
            outcome = "unavailable";
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            metrics.Ended(start, operation, outcome);
        }
    }

    private async ValueTask MeasureAsync(string operation, long start, ValueTask step) =>
        await MeasureAsync(operation, start, DoneAsync(step), static _ => "done");

    private static async ValueTask<bool> DoneAsync(ValueTask step)
    {
        await step;
        return true;
    }
}
