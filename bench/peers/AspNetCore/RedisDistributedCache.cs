using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Bench.Peers.AspNetCore;

/// <summary>
/// The least distributed cache on Redis that sessions need: one command a call, sliding expiry renewed by <c>EXPIRE</c>. It does less than
/// the package's own (which keeps a hash and renews on every read), so the comparison leans towards the peer.
/// </summary>
internal sealed class RedisDistributedCache(IDatabase redis, TimeSpan idleTimeout) : IDistributedCache
{
    private const string Prefix = "aspnetcore:";

    public byte[]? Get(string key) => redis.StringGet(Prefix + key);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => await redis.StringGetAsync(Prefix + key);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
        => redis.StringSet(Prefix + key, value, options.SlidingExpiration ?? idleTimeout);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        => redis.StringSetAsync(Prefix + key, value, options.SlidingExpiration ?? idleTimeout);

    public void Refresh(string key) => redis.KeyExpire(Prefix + key, idleTimeout);

    public Task RefreshAsync(string key, CancellationToken token = default) => redis.KeyExpireAsync(Prefix + key, idleTimeout);

    public void Remove(string key) => redis.KeyDelete(Prefix + key);

    public Task RemoveAsync(string key, CancellationToken token = default) => redis.KeyDeleteAsync(Prefix + key);
}
