using SessionCore.Caching;
using Support.Caching;
using Support.Time;

namespace SessionCore.Tests.Caching;

public sealed class InMemoryCacheTests : CacheConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryCache _cache;

    public InMemoryCacheTests() => _cache = new InMemoryCache(_time);

    protected override ICache Cache => _cache;

    [Fact]
    public async Task A_fail_over_loses_what_the_replica_lacked()
    {
        var cache = new InMemoryCache(_time) { ReplicaLags = true };
        var (early, late) = (NewKey(), NewKey());
        cache.Plant(early, Live(1), Lasting);
        Assert.True(cache.ReplicateOne());
        cache.Plant(late, Live(1), Lasting);

        cache.FailOver();

        Assert.Equal(Live(1), await cache.GetAsync(early, None));
        Assert.Null(await cache.GetAsync(late, None));
        Assert.False(cache.ReplicateOne());
    }

    [Fact]
    public async Task A_tombstone_is_confirmed_only_if_the_replica_has_it_in_time()
    {
        InMemoryCache? cache = null;
        var replicate = false;
        cache = new InMemoryCache(_time, operation =>
        {
            while (replicate && operation.Moment == CacheMoment.Replicating && cache!.ReplicateOne())
            {
                // Until the replica lacks nothing.
            }

            return ValueTask.CompletedTask;
        })
        {
            ReplicaLags = true,
            WaitForReplica = true,
        };

        Assert.False(await cache.EntombAsync([new(NewKey(), Bytes("T"))], [], Lasting, None));
        replicate = true;
        Assert.True(await cache.EntombAsync([new(NewKey(), Bytes("T"))], [], Lasting, None));
    }

    [Fact]
    public async Task A_tombstone_that_a_fail_over_overtook_is_not_confirmed()
    {
        InMemoryCache? cache = null;
        cache = new InMemoryCache(_time, operation =>
        {
            if (operation.Moment == CacheMoment.Replicating)
            {
                cache!.FailOver();
            }

            return ValueTask.CompletedTask;
        })
        {
            ReplicaLags = true,
            WaitForReplica = true,
        };
        var key = NewKey();

        Assert.False(await cache.EntombAsync([new(key, Bytes("T"))], [], Lasting, None));
        Assert.Null(await cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_hook_can_lose_a_call_its_answer_or_let_it_come_late()
    {
        CacheMoment? fails = null;
        var postpones = false;
        var cache = new InMemoryCache(_time, operation =>
        {
            if (postpones && operation.Moment == CacheMoment.Before && operation.Kind != CacheOperationKind.Get)
            {
                operation.Postpone();
            }

            return operation.Moment == fails && operation.Kind != CacheOperationKind.Get
                ? ValueTask.FromException(new CacheUnavailableException("planned"))
                : ValueTask.CompletedTask;
        });
        var (lost, answered, late) = (NewKey(), NewKey(), NewKey());

        fails = CacheMoment.Before;
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await cache.LeaseAsync(lost, Bytes("L"), null, Lasting, None));
        Assert.Null(await cache.GetAsync(lost, None));

        fails = CacheMoment.After;
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await cache.LeaseAsync(answered, Bytes("L"), null, Lasting, None));
        Assert.Equal(Bytes("L"), await cache.GetAsync(answered, None));

        fails = null;
        postpones = true;
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await cache.LeaseAsync(late, Bytes("L"), null, Lasting, None));
        Assert.Null(await cache.GetAsync(late, None));
        Assert.Equal(1, cache.Postponed);
        cache.ApplyPostponed(0);
        Assert.Equal(Bytes("L"), await cache.GetAsync(late, None));
        Assert.Equal(0, cache.Postponed);
    }

    [Fact]
    public void A_flush_leaves_nothing_to_fail_over_to()
    {
        var key = NewKey();
        _cache.Plant(key, Live(1), Lasting);
        Assert.Equal([key], _cache.Keys);

        _cache.Flush();
        _cache.FailOver();

        Assert.Empty(_cache.Keys);
    }

    protected override Task PassBriefAsync(string key)
    {
        _time.Advance(Brief);
        return Task.CompletedTask;
    }

    protected override Task PlantAsync(string key, byte[] value)
    {
        _cache.Plant(key, value, Lasting);
        return Task.CompletedTask;
    }

    protected override Task EvictAsync(string key)
    {
        _cache.Evict(key);
        return Task.CompletedTask;
    }
}
