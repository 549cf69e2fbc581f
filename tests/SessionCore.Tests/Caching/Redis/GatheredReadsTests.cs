using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Servers;
using Support.Time;
using static SessionCore.Tests.Caching.Redis.NumberedKeys;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Reads at the same time, on a real server.</summary>
public sealed class GatheredReadsTests
{
    // One read in flight, and enough waiting ones for another command: further reads wait.
    private const int Sent = 1 + GatheredReads.EnoughForAnother;

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(GatheredReads.EnoughForAnother, 2)]
    [InlineData(Sent, 2)]
    [InlineData(Sent + 1, 3)]
    [InlineData(50, 3)]
    public async Task Reads_that_come_while_others_are_under_way_share_a_command(int reads, int commands)
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, reads);

        var values = await ReadAtOnceAsync(server, cache, client, reads);

        Assert.Equal(Enumerable.Range(0, reads).Select(Value), values);
        Assert.Equal(commands, await CallsAsync(client, "mget"));
    }

    [Fact]
    public async Task No_command_reads_more_keys_than_the_most()
    {
        const int Reads = Sent + (3 * GatheredReads.MostKeys);
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await SeedAsync(server, Reads);

        var values = await ReadAtOnceAsync(server, cache, client, Reads);

        Assert.Equal(Enumerable.Range(0, Reads).Select(Value), values);
        Assert.Equal(GatheredReads.MostUnderWay + 3, await CallsAsync(client, "mget"));
    }

    [Fact]
    public async Task Each_of_many_readers_gets_the_value_of_its_own_key()
    {
        const int Keys = 500;
        var server = await RedisServer.SharedAsync();
        var prefix = RedisServer.NewPrefix();
        await using var cache = RedisCaches.Create(server.Address, configure: options => options.KeyPrefix = prefix);
        using var client = await SeedAsync(server, Keys, prefix);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 40).Select(reader => Task.Run(async () =>
        {
            var mine = 0;
            for (var i = 0; i < 500; i++)
            {
                // Every seventh key is one that there is not.
                var number = ((reader * 31) + (i * 7)) % (Keys + (Keys / 7));
                var expected = number < Keys ? Value(number) : null;
                mine += TextOf(await cache.GetAsync(Key(number), None)) == expected ? 0 : 1;
            }

            return mine;
        })));

        Assert.Equal(0, wrong.Sum());
    }

    [Fact]
    public async Task What_stands_behind_a_read_that_times_out_fails_with_it()
    {
        var deadline = TimeSpan.FromMilliseconds(400);
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, deadline);
        await cache.GetAsync("a", None);

        server.Send(Signal.Stop);
        var first = Enumerable.Range(0, Sent).Select(_ => cache.GetAsync("a", None).AsTask()).ToArray();
        var behind = Enumerable.Range(0, 3 * GatheredReads.MostKeys).Select(_ => cache.GetAsync("a", None).AsTask()).ToArray();
        await Assert.ThrowsAsync<CacheUnavailableException>(() => Task.WhenAny(first).Unwrap());
        var all = Task.WhenAll(behind);
        await Assert.ThrowsAsync<CacheUnavailableException>(() => all);
        server.Send(Signal.Continue);

        // One failure for all of a command, and none of a deadline of its own.
        Assert.All(behind, read => Assert.IsType<CacheUnavailableException>(read.Exception!.InnerException));
        Assert.Equal(3, behind.Select(read => read.Exception!.InnerException).Distinct().Count());
    }

    [Fact]
    public async Task What_stands_behind_a_caller_that_leaves_is_read()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, TimeSpan.FromSeconds(20));
        using var client = await SeedAsync(server, 10);
        await cache.GetAsync(Key(0), None);
        using var leaving = new CancellationTokenSource();

        server.Send(Signal.Stop);
        var first = cache.GetAsync(Key(0), leaving.Token).AsTask();
        var behind = Enumerable.Range(0, 10).Select(number => cache.GetAsync(Key(number), None).AsTask()).ToArray();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        server.Send(Signal.Continue);

        Assert.Equal(Enumerable.Range(0, 10).Select(Value), (await Task.WhenAll(behind)).Select(TextOf));
    }

    [Fact]
    public async Task A_cluster_is_asked_for_one_key_at_a_time()
    {
        var folder = Directory.CreateTempSubdirectory("session-cluster-");
        try
        {
            await using var server = await RedisServer.StartAsync(
                None, "--cluster-enabled", "yes", "--cluster-config-file", Path.Combine(folder.FullName, "nodes.conf"));
            using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
            await client.GetDatabase().ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            await Eventually.TrueAsync(async () => (string?)await client.GetDatabase().ExecuteAsync("CLUSTER", "INFO") is { } info && info.Contains("cluster_state:ok", StringComparison.Ordinal));
            for (var number = 0; number < 50; number++)
            {
                await client.GetDatabase().StringSetAsync(Key(number), Value(number));
            }

            await using var cache = RedisCaches.Create(server.Address);
            for (var turn = 0; turn < 2; turn++)
            {
                server.Send(Signal.Stop);
                var reads = Enumerable.Range(0, 50).Select(number => cache.GetAsync(Key(number), None).AsTask()).ToArray();
                server.Send(Signal.Continue);
                Assert.Equal(Enumerable.Range(0, 50).Select(Value), (await Task.WhenAll(reads)).Select(TextOf));
            }

            var group = ReadGroupTests.Begin(cache, Enumerable.Range(0, 50));
            Assert.Equal(Enumerable.Range(0, 50).Select(Value), (await Task.WhenAll(group)).Select(TextOf));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // While Redis is stopped no reply comes, so how they are gathered does not depend on time.
    private static async Task<IEnumerable<string?>> ReadAtOnceAsync(RedisServer server, RedisCache cache, ConnectionMultiplexer client, int reads)
    {
        await cache.GetAsync("k0", None);
        await ResetCallsAsync(client);
        server.Send(Signal.Stop);
        var values = Enumerable.Range(0, reads).Select(number => cache.GetAsync(Key(number), None).AsTask()).ToArray();
        server.Send(Signal.Continue);
        return (await Task.WhenAll(values)).Select(TextOf);
    }
}
