using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Caching;
using Support.Caching;
using Support.Time;

namespace SessionCore.Tests.Caching;

public sealed class InstrumentedCacheTests : CacheConformance, IDisposable
{
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(3);

    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private readonly CacheMetrics _metrics;
    private readonly InMemoryCache _inner;
    private readonly InstrumentedCache _cache;
    private readonly List<(double Seconds, string Tags)> _measured = [];
    private bool _fails;

    public InstrumentedCacheTests()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _metrics = new CacheMetrics(_services.GetRequiredService<IMeterFactory>(), _time);
        _inner = new InMemoryCache(_time, OnStep);
        _cache = new InstrumentedCache(_inner, _metrics);
    }

    protected override ICache Cache => _cache;

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Each_step_is_measured_by_operation_and_outcome()
    {
        using var listener = Listen();
        var (key, lease) = (NewKey(), Bytes("L"));

        await _cache.GetAsync(key, None);
        await _cache.LeaseAsync(key, lease, null, Lasting, None);
        await _cache.LeaseAsync(key, lease, null, Lasting, None);
        await _cache.FillAsync(key, lease, Live(1), Lasting, None);
        await _cache.FillAsync(key, lease, Live(1), Lasting, None);
        await _cache.GetAsync(key, None);
        await _cache.RefreshAsync(key, Live(2), Lasting, None);
        await _cache.EntombAsync([new(key, Bytes("T"))], [], Lasting, None);
        await _cache.RemoveAsync(key, null, None);
        _fails = true;
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await _cache.GetAsync(key, None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _cache.GetAsync(key, new CancellationToken(canceled: true)));

        Assert.Equal(
            [
                "get miss", "lease granted", "lease refused", "fill filled", "fill refused", "get hit", "refresh done",
                "entomb confirmed", "remove done", "get unavailable", "get cancelled",
            ],
            _measured.Select(it => it.Tags));
        Assert.Equal(Took.TotalSeconds, _measured[0].Seconds);
    }

    [Fact]
    public async Task A_tombstone_that_is_not_confirmed_is_measured_as_that()
    {
        using var listener = Listen();
        var cache = new InstrumentedCache(new InMemoryCache(_time) { ReplicaLags = true, WaitForReplica = true }, _metrics);

        await cache.EntombAsync([new(NewKey(), Bytes("T"))], [], Lasting, None);

        Assert.Equal(["entomb unconfirmed"], _measured.Select(it => it.Tags));
    }

    [Fact]
    public void The_instrument_is_named_as_dashboards_know_it()
    {
        using var listener = new MeterListener();
        Instrument? published = null;
        listener.InstrumentPublished = (instrument, _) => published = instrument.Meter.Name == CacheMetrics.MeterName ? instrument : published;
        listener.Start();

        Assert.Equal(("SessionCore.Caching", "session.cache.duration", "s"), (published?.Meter.Name, published?.Name, published?.Unit));
    }

    [Fact]
    public void Without_a_listener_a_read_allocates_nothing_of_its_own()
    {
        var inner = new PendingCache();
        var cache = new InstrumentedCache(inner, _metrics);
        Read();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read()
        {
            for (var i = 0; i < 1_000; i++)
            {
                var read = cache.GetAsync("k", None);
                inner.Answer();
#pragma warning disable CA2012 // complete, and read once: a test of what the decorator itself costs
                _ = read.GetAwaiter().GetResult();
#pragma warning restore CA2012
            }
        }
    }

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

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
            _measured.Add((value, string.Join(' ', tags.ToArray().Select(tag => tag.Value)))));
        listener.Start();
        return listener;
    }

    private ValueTask OnStep(CacheOperation operation)
    {
        if (operation.Moment == CacheMoment.Before)
        {
            _time.Advance(Took);
        }

        return _fails ? ValueTask.FromException(new CacheUnavailableException("planned")) : ValueTask.CompletedTask;
    }
}
