using SessionCore.Caching;
using SessionCore.Caching.Redis;
using Support.Servers;
using static SessionCore.Tests.Caching.Redis.NumberedKeys;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Reads that one thread begins as a group, on a real server.</summary>
public sealed class ReadGroupTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(GatheredReads.EnoughForAnother - 1, 1)]
    [InlineData(GatheredReads.MostKeys, 1)]
    [InlineData(GatheredReads.MostKeys + 1, 2)]
    public async Task Reads_of_a_group_share_a_command_although_none_is_under_way(int reads, int commands)
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, reads);
        await cache.GetAsync(Key(0), None);
        await ResetCallsAsync(client);

        var values = await Task.WhenAll(Begin(cache, Enumerable.Range(0, reads)));

        Assert.Equal(Enumerable.Range(0, reads).Select(Value), values.Select(TextOf));
        Assert.Equal(commands, await CallsAsync(client, "mget"));
    }

    [Fact]
    public async Task A_group_holds_no_reads_of_other_threads_and_no_later_ones()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, keys: 3);
        await cache.GetAsync(Key(0), None);

        var (held, other) = BeginBesideAnother(cache);

        Assert.Equal(Value(0), TextOf(await held));
        Assert.Equal(Value(1), TextOf(await other));
        Assert.Equal(Value(2), TextOf(await cache.GetAsync(Key(2), None)));
    }

    [Fact]
    public async Task Each_read_of_many_groups_gets_the_value_of_its_own_key()
    {
        const int Keys = 300;
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, Keys);
        await cache.GetAsync(Key(0), None);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 20).Select(reader => Task.Run(async () =>
        {
            var mine = 0;
            for (var turn = 0; turn < 200; turn++)
            {
                // Every seventh key is one that there is not, and some reads are of no group.
                int[] numbers = [.. Enumerable.Range(0, 1 + ((reader + turn) % 40)).Select(i => ((reader * 31) + (turn * 17) + (i * 7)) % (Keys + (Keys / 7)))];
                var values = await Task.WhenAll(turn % 5 == 0 ? numbers.Select(number => cache.GetAsync(Key(number), None).AsTask()) : Begin(cache, numbers));
                mine += numbers.Zip(values).Count(pair => TextOf(pair.Second) != (pair.First < Keys ? Value(pair.First) : null));
            }

            return mine;
        })));

        Assert.Equal(0, wrong.Sum());
    }

    [Fact]
    public async Task Every_read_of_a_group_fails_when_Redis_does_not_answer()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, TimeSpan.FromMilliseconds(200));
        await cache.GetAsync(Key(0), None);

        server.Send(Signal.Stop);
        var reads = Begin(cache, Enumerable.Range(0, GatheredReads.MostKeys));
        await Task.WhenAll(reads.Select(read => Assert.ThrowsAsync<CacheUnavailableException>(() => read)));
        server.Send(Signal.Continue);

        Assert.All(reads, read => Assert.True(read.IsFaulted));
    }

    [Fact]
    public async Task A_group_without_reads_sends_nothing_and_one_within_another_sends_its_own()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, keys: 2);
        await cache.GetAsync(Key(0), None);
        await ResetCallsAsync(client);

        Assert.Empty(Begin(cache, []));
        var (inner, outer) = BeginWithin(cache);

        Assert.Equal([Value(0), Value(1)], (await Task.WhenAll(outer, inner)).Select(TextOf));
        Assert.Equal(2, await CallsAsync(client, "mget"));
    }

    // Without an await, so that one thread makes the group, begins the reads and disposes of the group, as its users do.
    internal static Task<byte[]?>[] Begin(RedisCache cache, IEnumerable<int> numbers)
    {
        using var group = cache.Gather();
        return [.. numbers.Select(number => cache.GetAsync(Key(number), None).AsTask())];
    }

    private static (Task<byte[]?> Held, Task<byte[]?> Other) BeginBesideAnother(RedisCache cache)
    {
        using var group = cache.Gather();
        var held = cache.GetAsync(Key(0), None).AsTask();
        Task<byte[]?>? other = null;
        var thread = new Thread(() => other = cache.GetAsync(Key(1), None).AsTask());
        thread.Start();
        thread.Join();
        Assert.True(((IAsyncResult)other!).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.False(held.IsCompleted);
        return (held, other!);
    }

    private static (Task<byte[]?> Inner, Task<byte[]?> Outer) BeginWithin(RedisCache cache)
    {
        using var group = cache.Gather();
        var outer = cache.GetAsync(Key(0), None).AsTask();
        return (Begin(cache, [1])[0], outer);
    }
}
