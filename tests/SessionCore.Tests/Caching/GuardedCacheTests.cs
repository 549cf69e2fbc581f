using SessionCore.Caching;
using Support.Caching;
using Support.Time;

namespace SessionCore.Tests.Caching;

public sealed class GuardedCacheTests : CacheConformance
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryCache _inner;
    private readonly LogOf<GuardedCache> _log = new();
    private readonly GuardedCache _cache;
    private bool _fails;
    private bool _refusesWrites;
    private int _sent;

    public GuardedCacheTests()
    {
        _inner = new InMemoryCache(_time, OnStep);
        _cache = new GuardedCache(_inner, _time, _log);
    }

    protected override ICache Cache => _cache;

    [Fact]
    public async Task A_cache_that_keeps_failing_is_left_alone()
    {
        _fails = true;
        await FailAsync(CacheBreaker.MinCalls);
        var sent = _sent;

        await FailAsync(100);
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.LeaseAsync("k", Bytes("L"), null, Lasting, None));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.FillAsync("k", Bytes("L"), Live(1), Lasting, None));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.RefreshAsync("k", Live(1), Lasting, None));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.RemoveAsync("k", null, None));
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.EntombAsync([new("k", Bytes("T"))], [], Lasting, None));

        Assert.Equal(sent, _sent);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 3201", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_break_one_call_finds_out()
    {
        _fails = true;
        await FailAsync(CacheBreaker.MinCalls);
        var sent = _sent;

        _time.Advance(CacheBreaker.Break);
        await FailAsync(10);
        Assert.Equal(sent + 1, _sent);

        _time.Advance(CacheBreaker.Break);
        _fails = false;
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await _cache.GetAsync("k", None));
        }

        Assert.Single(_log.Lines, line => line.StartsWith("Information 3202", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_is_logged_once_however_often_the_cache_is_tried()
    {
        _fails = true;
        await FailAsync(CacheBreaker.MinCalls);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(CacheBreaker.Break);
            await FailAsync(1);
        }

        Assert.Single(_log.Lines, line => line.StartsWith("Warning 3201", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_writes_do_not_keep_reads_from_the_cache()
    {
        _refusesWrites = true;
        for (var i = 0; i < 10 * CacheBreaker.MinCalls; i++)
        {
            await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.EntombAsync([new("k", Bytes("T"))], [], Lasting, None));
        }

        Assert.Null(await _cache.GetAsync("k", None));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_refused_write_ends_an_outage()
    {
        _fails = true;
        await FailAsync(CacheBreaker.MinCalls);
        _fails = false;
        _refusesWrites = true;
        _time.Advance(CacheBreaker.Break);

        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.EntombAsync([new("k", Bytes("T"))], [], Lasting, None));

        Assert.Null(await _cache.GetAsync("k", None));
    }

    [Fact]
    public async Task A_few_failures_among_many_answers_open_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            _fails = i % 3 == 0;
            await TryAsync();
        }

        var sent = _sent;
        _fails = false;
        Assert.Null(await _cache.GetAsync("k", None));
        Assert.Equal(sent + 1, _sent);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Failures_far_apart_open_nothing()
    {
        _fails = true;
        for (var i = 0; i < 3 * CacheBreaker.MinCalls; i++)
        {
            await FailAsync(1);
            _time.Advance(CacheBreaker.Sampling);
        }

        Assert.Equal(3 * CacheBreaker.MinCalls, _sent);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task It_opens_again_long_after_it_closed()
    {
        for (var outage = 0; outage < 3; outage++)
        {
            _fails = true;
            await FailAsync(CacheBreaker.MinCalls);
            var sent = _sent;
            await FailAsync(1);
            Assert.Equal(sent, _sent);

            _fails = false;
            _time.Advance(CacheBreaker.Break);
            Assert.Null(await _cache.GetAsync("k", None));
            _time.Advance(10 * CacheBreaker.Sampling);
            Assert.Null(await _cache.GetAsync("k", None));
        }
    }

    [Fact]
    public async Task What_is_not_the_caches_fault_opens_nothing()
    {
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await _cache.LeaseAsync("k", Bytes("V"), null, Lasting, None));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _cache.GetAsync("k", new CancellationToken(canceled: true)));
        }

        Assert.Null(await _cache.GetAsync("k", None));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public Task A_healthy_read_does_not_pay_for_counting() => Task.Run(() =>
    {
        // On the pool, where an answer runs what waits for it at once, as in a host.
        // Counted, a read costs 600 bytes more; in an unoptimised build its state machine is an object of some 120.
        const long MostBytes = 200;
        var inner = new PendingCache();
        var cache = new GuardedCache(inner, _time, _log);
        Read(1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(1_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes * 1_000);

        void Read(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var read = cache.GetAsync("k", None);
                inner.Answer();
#pragma warning disable CA2012 // complete, and read once: a test of what the guard itself costs
                _ = read.GetAwaiter().GetResult();
#pragma warning restore CA2012
            }
        }
    });

    protected override Task PassBriefAsync(string key)
    {
        _time.Advance(Brief);
        return Task.CompletedTask;
    }

    protected override Task PlantAsync(string key, byte[] value)
    {
        _inner.Plant(key, value, Lasting);
        return Task.CompletedTask;
    }

    protected override Task EvictAsync(string key)
    {
        _inner.Evict(key);
        return Task.CompletedTask;
    }

    private ValueTask OnStep(CacheOperation operation)
    {
        if (operation.Moment != CacheMoment.Before)
        {
            return ValueTask.CompletedTask;
        }

        _sent++;
        if (_refusesWrites && operation.Kind != CacheOperationKind.Get)
        {
            return ValueTask.FromException(new CacheUnavailableException("planned") { IsRefusedWrite = true });
        }

        return _fails ? ValueTask.FromException(new CacheUnavailableException("planned")) : ValueTask.CompletedTask;
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.GetAsync("k", None));
        }
    }

    private async Task TryAsync()
    {
        try
        {
            await _cache.GetAsync("k", None);
        }
        catch (CacheUnavailableException)
        {
            Assert.True(_fails);
        }
    }
}
