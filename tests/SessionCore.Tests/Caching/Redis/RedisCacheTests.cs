using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Servers;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>The cache on a real redis-server, shared with other tests: every instance has a key prefix of its own.</summary>
public sealed class RedisCacheTests : CacheConformance, IAsyncLifetime
{

    private readonly string _prefix = RedisServer.NewPrefix();
    private RedisCache? _cache;
    private ConnectionMultiplexer? _client;

    protected override ICache Cache => _cache!;

    private IDatabase Raw => _client!.GetDatabase();

    public async Task InitializeAsync()
    {
        var server = await RedisServer.SharedAsync();
        _cache = RedisCaches.Create(server.Address, configure: options => options.KeyPrefix = _prefix);
        _client = await ConnectionMultiplexer.ConnectAsync(server.Address);
    }

    public async Task DisposeAsync()
    {
        await _cache!.DisposeAsync();
        await _client!.DisposeAsync();
    }

    [Fact]
    public async Task A_key_of_another_type_reads_as_absent_and_gives_way_to_a_lease()
    {
        var key = NewKey();
        await Raw.HashSetAsync(_prefix + key, [new HashEntry("a", "b")]);

        Assert.Null(await Cache.GetAsync(key, None));
        Assert.False(await Cache.FillAsync(key, Bytes("L1"), Live(1), Lasting, None));
        await Cache.RefreshAsync(key, Live(1), Lasting, None);
        await Cache.RemoveAsync(key, Live(1), None);
        Assert.Equal(RedisType.Hash, await Raw.KeyTypeAsync(_prefix + key));

        Assert.Null(await Cache.LeaseAsync(key, Bytes("L1"), replaceable: null, Lasting, None));
        Assert.Equal(Bytes("L1"), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_key_of_another_type_gives_way_to_a_tombstone()
    {
        var key = NewKey();
        await Raw.ListLeftPushAsync(_prefix + key, "x");

        Assert.True(await Cache.EntombAsync([new(key, Bytes("T"))], [], Lasting, None));

        Assert.Equal(Bytes("T"), await Cache.GetAsync(key, None));
    }

    [Fact]
    public async Task A_server_that_forgot_the_scripts_is_given_them_again()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await cache.LeaseAsync(NewKey(), Bytes("L"), replaceable: null, Lasting, None));
        }

        await client.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");

        Assert.Null(await cache.LeaseAsync(NewKey(), Bytes("L"), replaceable: null, Lasting, None));
    }

    [Fact]
    public async Task A_step_is_sent_as_the_hash_of_its_script()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");

        for (var i = 0; i < 5; i++)
        {
            await cache.LeaseAsync(NewKey(), Bytes("L"), replaceable: null, Lasting, None);
        }

        Assert.InRange(await CallsAsync(client, "evalsha"), 4, 5);
    }

    [Fact]
    public async Task A_read_is_one_command_and_no_script()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address);
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await cache.GetAsync(NewKey(), None);
        await client.GetDatabase().ExecuteAsync("CONFIG", "RESETSTAT");

        for (var i = 0; i < 100; i++)
        {
            await cache.GetAsync(NewKey(), None);
        }

        Assert.Equal(100, await CallsAsync(client, "mget"));
        Assert.Equal(0, await CallsAsync(client, "evalsha") + await CallsAsync(client, "eval"));
    }

    protected override Task PassBriefAsync(string key) => Eventually.TrueAsync(async () => !await Raw.KeyExistsAsync(_prefix + key));

    protected override Task PlantAsync(string key, byte[] value) => Raw.StringSetAsync(_prefix + key, value, Lasting);

    protected override Task EvictAsync(string key) => Raw.KeyDeleteAsync(_prefix + key);

    private static async Task<long> CallsAsync(ConnectionMultiplexer client, string command) =>
        RedisStatistics.CallsOf(command, (string?)await client.GetDatabase().ExecuteAsync("INFO", "commandstats"));
}
