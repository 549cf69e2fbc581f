using SessionCore.Caching;

namespace Support.Caching;

/// <summary>The steps as the scripts of the Redis adapter take them on a real server.</summary>
/// <remarks>
/// The server holds nothing between steps. Each puts what its keys hold there, lets the adapter run its script, and takes over what the
/// script left. So expiry, eviction and fail-over stay those of the values here, which follow the clock of the test, and a step that is
/// awaited by itself is as deterministic as one in memory. Times to live are whole seconds.
/// </remarks>
internal sealed class RedisSteps(ReplicatedValues values, RedisScriptServer server) : ICacheSteps
{
    // Nothing expires on the server while a step lasts, however slow the machine is.
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1000);

    private readonly string _prefix = server.NewPrefix();

    public byte[]? Get(string key) => Run([key], cache => cache.GetAsync(Name(key), CancellationToken.None));

    public byte[]? Lease(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl) =>
        Run([key], cache => cache.LeaseAsync(Name(key), lease, replaceable, ttl + Slack, CancellationToken.None));

    public bool Fill(string key, byte[] lease, byte[] value, TimeSpan ttl) =>
        Run([key], cache => cache.FillAsync(Name(key), lease, value, ttl + Slack, CancellationToken.None));

    public void Refresh(string key, byte[] value, TimeSpan ttl) =>
        Run([key], cache => DoneAsync(cache.RefreshAsync(Name(key), value, ttl + Slack, CancellationToken.None)));

    public void Entomb(IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl)
    {
        KeyValuePair<string, byte[]>[] named = [.. tombstones.Select(tombstone => KeyValuePair.Create(Name(tombstone.Key), tombstone.Value))];
        Run(
            [.. removed.Union(tombstones.Select(tombstone => tombstone.Key))],
            cache => cache.EntombAsync(named, [.. removed.Select(Name)], ttl + Slack, CancellationToken.None));
    }

    public void Remove(string key, byte[]? expected) =>
        Run([key], cache => DoneAsync(cache.RemoveAsync(Name(key), expected, CancellationToken.None)));

    private static async ValueTask<bool> DoneAsync(ValueTask step)
    {
        await step;
        return true;
    }

    private string Name(string key) => _prefix + key;

    // On the thread pool, because the caller's own context continues only after the step.
    private T Run<T>(string[] keys, Func<ICache, ValueTask<T>> step) => Task.Run(() => RunAsync(keys, step)).GetAwaiter().GetResult();

    private async Task<T> RunAsync<T>(string[] keys, Func<ICache, ValueTask<T>> step)
    {
        var before = Array.ConvertAll(keys, values.Get);
        await Task.WhenAll(keys.Select((key, i) => server.PutAsync(Name(key), before[i])));
        var result = await step(server.Cache);
        var after = await Task.WhenAll(keys.Select(key => server.TakeAsync(Name(key))));
        for (var i = 0; i < keys.Length; i++)
        {
            TakeOver(keys[i], before[i], after[i].Value, after[i].Ttl);
        }

        return result;
    }

    private void TakeOver(string key, byte[]? before, byte[]? after, TimeSpan? ttl)
    {
        if (after is null)
        {
            values.Remove(key);
        }
        else if (ttl is { } given)
        {
            values.Set(key, after, TimeSpan.FromSeconds(Math.Ceiling((given - Slack).TotalSeconds)));
        }
        else if (before is null || !after.AsSpan().SequenceEqual(before))
        {
            // The script wrote it, and forgot its end.
            values.Set(key, after, Forever);
        }
    }
}
