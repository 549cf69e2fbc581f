using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Distributed;
using SessionFunctions.AspNetCore.Caching;
using SessionFunctions.Client;
using Support.Time;

namespace SessionClient.Tests.Caching;

/// <summary>What every distributed cache promises, as the suites of the caches on Redis and SQL Server check it.</summary>
[Collection(nameof(RunningApi))]
public sealed class DistributedCacheTests(RunningApi api) : IAsyncLifetime
{
    private static readonly DistributedCacheEntryOptions FiveMinutes = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(5) };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestedCache _tested = new(api.Address, api.ServiceKey);

    private IBufferDistributedCache Cache => _tested.Cache;

    public static TheoryData<int> Sizes => [0, 1, 2, 3, 128, 1024, 16 * 1024, SessionsDistributedCache.MaxValueBytes];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _tested.DisposeAsync();

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_value_comes_back_as_it_was_set(int size)
    {
        var (key, value) = (TestedCache.NewKey(), RandomNumberGenerator.GetBytes(size));

        Cache.Remove(key);
        Assert.Null(Cache.Get(key));
        Cache.Set(key, value, FiveMinutes);
        Assert.Equal(value, Cache.Get(key));
        Cache.Remove(key);
        Assert.Null(Cache.Get(key));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_value_comes_back_as_it_was_set_asynchronously(int size)
    {
        var (key, value) = (TestedCache.NewKey(), RandomNumberGenerator.GetBytes(size));

        await Cache.RemoveAsync(key);
        Assert.Null(await Cache.GetAsync(key));
        await Cache.SetAsync(key, value, FiveMinutes);
        Assert.Equal(value, await Cache.GetAsync(key));
        await Cache.RemoveAsync(key);
        Assert.Null(await Cache.GetAsync(key));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_value_in_buffers_comes_back_as_it_was_set(int size)
    {
        var value = RandomNumberGenerator.GetBytes(size);
        var key = TestedCache.NewKey();
        var destination = new ArrayBufferWriter<byte>();

        Assert.False(await Cache.TryGetAsync(key, destination));
        Assert.Equal(0, destination.WrittenCount);
        await Cache.SetAsync(key, Segmented(value), FiveMinutes);
        Assert.True(await Cache.TryGetAsync(key, destination));
        Assert.Equal(value, destination.WrittenSpan);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_value_in_buffers_comes_back_as_it_was_set_synchronously(int size)
    {
        var value = RandomNumberGenerator.GetBytes(size);
        var key = TestedCache.NewKey();
        var destination = new ArrayBufferWriter<byte>();

        Assert.False(Cache.TryGet(key, destination));
        Cache.Set(key, new ReadOnlySequence<byte>([9, .. value, 9], 1, size), FiveMinutes);
        Assert.True(Cache.TryGet(key, destination));
        Assert.Equal(value, destination.WrittenSpan);
    }

    [Fact]
    public async Task Bytes_whose_text_is_all_plus_signs_fit_too()
    {
        var key = TestedCache.NewKey();
        var value = Enumerable.Range(0, SessionsDistributedCache.MaxValueBytes / 3).SelectMany(_ => new byte[] { 0xFB, 0xEF, 0xBE }).ToArray();

        await Cache.SetAsync(key, value, FiveMinutes);

        Assert.Equal(value, await Cache.GetAsync(key));
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_refused_before_anything_is_sent()
    {
        await using var nowhere = new TestedCache(new Uri("http://127.0.0.1:1/api"), api.ServiceKey);
        var value = new byte[SessionsDistributedCache.MaxValueBytes + 1];

        var array = await Assert.ThrowsAsync<ArgumentException>(() => nowhere.Cache.SetAsync("key", value, FiveMinutes));
        var buffers = await Assert.ThrowsAsync<ArgumentException>(async () => await nowhere.Cache.SetAsync("key", new ReadOnlySequence<byte>(value), FiveMinutes));

        Assert.Contains("24570", array.Message, StringComparison.Ordinal);
        Assert.Contains("24570", buffers.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_again_overwrites()
    {
        var key = TestedCache.NewKey();

        Cache.Set(key, [1]);
        Cache.Set(key, [2]);

        Assert.Equal((byte[])[2], Cache.Get(key));
    }

    [Fact]
    public async Task A_removed_entry_can_be_set_again_at_once_and_later()
    {
        var key = TestedCache.NewKey();
        for (byte round = 0; round < 3; round++)
        {
            await Cache.SetAsync(key, [round]);
            Assert.Equal((byte[])[round], await Cache.GetAsync(key));
            await Cache.RemoveAsync(key);
            Assert.Null(await Cache.GetAsync(key));
        }

        // The session of the removed entry lapses, and a set creates another.
        await Eventually.TrueAsync(async () => await _tested.Keyed.GetAsync(SessionKey.Of(key), ReadConsistency.Strong) is null);

        await Cache.RemoveAsync(key);
        await Cache.SetAsync(key, [7]);
        Assert.Equal((byte[])[7], await Cache.GetAsync(key));
    }

    [Fact]
    public async Task An_entry_that_is_set_after_its_removal_has_its_whole_life()
    {
        var key = TestedCache.NewKey();
        await Cache.SetAsync(key, [1], new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromSeconds(30)));
        await Cache.RemoveAsync(key);

        await Cache.SetAsync(key, [2], new DistributedCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromMinutes(20)));

        Assert.InRange((await SessionOfAsync(key)).ExpiresIn, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.InRange((await SessionOfAsync(key)).IdleExpiresIn, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(23));
    }

    [Fact]
    public void Removing_and_refreshing_what_is_not_there_is_harmless()
    {
        Cache.Remove(TestedCache.NewKey());
        Cache.Refresh(TestedCache.NewKey());
    }

    [Fact]
    public void Keys_are_told_apart_by_case_and_blanks()
    {
        var key = TestedCache.NewKey();
        Cache.Set(key + " ", [1]);

        Assert.Null(Cache.Get(key));
        Assert.Null(Cache.Get(key.ToUpperInvariant() + " "));
        Assert.Equal((byte[])[1], Cache.Get(key + " "));
    }

    [Fact]
    public async Task Instances_with_different_names_do_not_meet()
    {
        await using var other = new TestedCache(api.Address, api.ServiceKey, options => options.InstanceName = "other:");
        var key = TestedCache.NewKey();

        await Cache.SetAsync(key, [1]);

        Assert.Null(await other.Cache.GetAsync(key));
    }

    [Fact]
    public async Task What_is_null_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.GetAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.RefreshAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.RemoveAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync(null!, [], FiveMinutes));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync("key", null!, FiveMinutes));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Cache.SetAsync("key", [], null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Cache.TryGetAsync("key", null!));
        Assert.Throws<ArgumentNullException>(() => Cache.Set("key", null!, FiveMinutes));
        Assert.Throws<ArgumentNullException>(() => Cache.Get(null!));
    }

    [Fact]
    public async Task A_canceled_call_is_canceled()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.GetAsync("key", canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.SetAsync("key", [], FiveMinutes, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RefreshAsync("key", canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache.RemoveAsync("key", canceled));
    }

    [Fact]
    public void An_absolute_expiration_in_the_past_is_refused()
    {
        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1);

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Cache.Set("key", [1], new DistributedCacheEntryOptions().SetAbsoluteExpiration(past)));

        Assert.Equal(nameof(DistributedCacheEntryOptions.AbsoluteExpiration), refusal.ParamName);
        Assert.StartsWith("The absolute expiration value must be in the future.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(past, refusal.ActualValue);
    }

    [Fact]
    public async Task An_expiration_of_less_than_a_second_keeps_nothing_and_drops_what_was_there()
    {
        var key = TestedCache.NewKey();
        DistributedCacheEntryOptions[] brief =
        [
            new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromSeconds(0.25)),
            new DistributedCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromSeconds(0.25)),
        ];
        foreach (var options in brief)
        {
            await Cache.SetAsync(key, [1], FiveMinutes);
            await Cache.SetAsync(key, [2], options);
            Assert.Null(await Cache.GetAsync(key));
        }
    }

    [Fact]
    public async Task Expirations_become_the_ends_of_the_session()
    {
        var now = TimeProvider.System.GetUtcNow();
        (DistributedCacheEntryOptions Options, TimeSpan Idle, TimeSpan Absolute)[] cases =
        [
            (new(), TimeSpan.FromMinutes(20) / 0.9, TimeSpan.FromHours(24)),
            (FiveMinutes, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
            (new() { AbsoluteExpiration = now + TimeSpan.FromMinutes(10) }, TimeSpan.FromHours(1), TimeSpan.FromMinutes(10)),
            (new() { SlidingExpiration = TimeSpan.FromMinutes(5) }, TimeSpan.FromMinutes(6), TimeSpan.FromHours(24)),
            (new() { SlidingExpiration = TimeSpan.FromSeconds(10), AbsoluteExpiration = now + TimeSpan.FromMinutes(2) }, TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2)),
            (new() { SlidingExpiration = TimeSpan.FromDays(3), AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(90) }, TimeSpan.FromHours(1), TimeSpan.FromHours(24)),
        ];

        foreach (var (options, idle, absolute) in cases)
        {
            var key = TestedCache.NewKey();
            await Cache.SetAsync(key, [1], options);
            var session = await SessionOfAsync(key);
            Assert.InRange(session.IdleTimeout, idle - TimeSpan.FromSeconds(1), idle + TimeSpan.FromSeconds(1));
            Assert.InRange(session.ExpiresIn, absolute - TimeSpan.FromSeconds(10), absolute);
        }
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public async Task An_application_whose_clock_is_wrong_sets_relative_expirations_right(int seconds)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var skewed = new TestedCache(api.Address, api.ServiceKey, timeProvider: new ManualTimeProvider(now + TimeSpan.FromSeconds(seconds)));
        var key = TestedCache.NewKey();

        await skewed.Cache.SetAsync(key, [1], FiveMinutes);
        await skewed.Cache.SetAsync(key + "at", [2], new DistributedCacheEntryOptions().SetAbsoluteExpiration(now + TimeSpan.FromSeconds(seconds) + TimeSpan.FromMinutes(5)));

        Assert.Equal((byte[])[1], await Cache.GetAsync(key));
        Assert.InRange((await SessionOfAsync(key)).ExpiresIn, TimeSpan.FromMinutes(4.8), TimeSpan.FromMinutes(5));
        Assert.InRange((await SessionOfAsync(key + "at")).ExpiresIn, TimeSpan.FromMinutes(4.8), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task An_absolute_expiration_expires_even_if_accessed()
    {
        var key = TestedCache.NewKey();
        await Cache.SetAsync(key, [1], new DistributedCacheEntryOptions().SetAbsoluteExpiration(TimeSpan.FromSeconds(2)).SetSlidingExpiration(TimeSpan.FromMinutes(1)));

        Assert.Equal((byte[])[1], await Cache.GetAsync(key));
        await UntilGoneAsync(key, every: TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public async Task A_sliding_expiration_is_renewed_by_access_and_expires_without()
    {
        var (read, refreshed, left) = (TestedCache.NewKey(), TestedCache.NewKey(), TestedCache.NewKey());
        var sliding = new DistributedCacheEntryOptions().SetSlidingExpiration(TimeSpan.FromSeconds(2));
        await Task.WhenAll(new[] { read, refreshed, left }.Select(key => Cache.SetAsync(key, [1], sliding)));

        // Reading a session by its key is no access.
        using var limit = new CancellationTokenSource(Patience);
        while (await _tested.Keyed.GetAsync(SessionKey.Of(left), ReadConsistency.Strong, limit.Token) is not null)
        {
            Assert.Equal((byte[])[1], await Cache.GetAsync(read, limit.Token));
            await Cache.RefreshAsync(refreshed, limit.Token);
        }

        Assert.Null(await Cache.GetAsync(left));
        Assert.Equal((byte[])[1], await Cache.GetAsync(read));
        Assert.Equal((byte[])[1], await Cache.GetAsync(refreshed));
    }

    [Fact]
    public async Task A_set_after_the_session_was_ended_keeps_nothing_and_throws_nothing()
    {
        var key = TestedCache.NewKey();
        await Cache.SetAsync(key, [1]);
        await _tested.Keyed.EndAsync(SessionKey.Of(key), "revoked");

        await Cache.SetAsync(key, [2]);
        await Cache.RemoveAsync(key);

        Assert.Null(await Cache.GetAsync(key));
        Assert.Contains(_tested.Lines, line => line.StartsWith("Debug 9101", StringComparison.Ordinal));
        Assert.DoesNotContain(_tested.Lines, line => line.Contains(key, StringComparison.Ordinal));
    }

    private static ReadOnlySequence<byte> Segmented(byte[] value)
    {
        if (value.Length < 3)
        {
            return new ReadOnlySequence<byte>(value);
        }

        var first = new Segment(value.AsMemory(0, 1), before: null);
        var last = new Segment(value.AsMemory(2), new Segment(value.AsMemory(1, 1), first));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private async Task<Session> SessionOfAsync(string key) =>
        await _tested.Keyed.GetAsync(SessionKey.Of(key)) ?? throw new InvalidOperationException("The entry has no session.");

    private Task UntilGoneAsync(string key, TimeSpan every) => Eventually.TrueAsync(async () => await Cache.GetAsync(key) is null, every: every);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
