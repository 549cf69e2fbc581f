using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Servers;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>A revocation that is confirmed by replicas, on a real primary with real replicas.</summary>
public sealed class ReplicaAcknowledgementTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken None = CancellationToken.None;

    private RedisServer? _primary;
    private RedisServer? _replica;
    private ConnectionMultiplexer? _client;

    public async Task InitializeAsync()
    {
        // By default a primary waits five seconds for more replicas before it begins to send.
        _primary = await RedisServer.StartAsync(None, "--repl-diskless-sync-delay", "0");
        _replica = await _primary.StartReplicaAsync(None);
        _client = await ConnectionMultiplexer.ConnectAsync(_primary.Address + ",allowAdmin=true");
        await UntilReplicaAcknowledgesAsync();
    }

    public async Task DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _replica!.DisposeAsync();
        await _primary!.DisposeAsync();
    }

    [Fact]
    public async Task A_tombstone_that_the_replica_has_is_confirmed()
    {
        await using var cache = CreateCache(acks: 1);

        Assert.True(await cache.EntombAsync([Tombstone("a")], [], Lasting, None));

        using var replica = await ConnectionMultiplexer.ConnectAsync(_replica!.Address);
        Assert.Equal("T", (string?)await replica.GetDatabase().StringGetAsync("a", CommandFlags.PreferReplica));
    }

    [Fact]
    public async Task A_tombstone_that_the_replica_lacks_is_put_and_not_confirmed()
    {
        await using var cache = CreateCache(acks: 1);
        Assert.True(await cache.EntombAsync([Tombstone("a")], [], Lasting, None));

        _replica!.Send(Signal.Stop);
        Assert.False(await cache.EntombAsync([Tombstone("b")], [], Lasting, None));
        Assert.Equal("T"u8.ToArray(), await cache.GetAsync("b", None));

        _replica.Send(Signal.Continue);
        await UntilReplicaAcknowledgesAsync();
        Assert.True(await cache.EntombAsync([Tombstone("c")], [], Lasting, None));
    }

    [Fact]
    public async Task More_replicas_than_there_are_never_confirm()
    {
        await using var cache = CreateCache(acks: 2);

        Assert.False(await cache.EntombAsync([Tombstone("a")], [], Lasting, None));
    }

    [Fact]
    public async Task Without_replicas_asked_for_the_primary_confirms_alone()
    {
        await using var cache = CreateCache(acks: 0);
        _replica!.Send(Signal.Stop);

        Assert.True(await cache.EntombAsync([Tombstone("a")], [], Lasting, None));
    }

    [Fact]
    public async Task A_wait_for_replicas_holds_up_nothing_else()
    {
        await using var cache = CreateCache(acks: 1, TimeSpan.FromSeconds(2));
        await cache.EntombAsync([Tombstone("a")], [], Lasting, None);

        _replica!.Send(Signal.Stop);
        var waiting = cache.EntombAsync([Tombstone("b")], [], Lasting, None).AsTask();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("T"u8.ToArray(), await cache.GetAsync("a", None));
        }

        Assert.False(waiting.IsCompleted);
        Assert.False(await waiting);
    }

    [Fact]
    public async Task A_connection_that_was_lost_since_the_last_call_does_not_cost_the_confirmation()
    {
        await using var cache = CreateCache(acks: 1);
        Assert.True(await cache.EntombAsync([Tombstone("a")], [], Lasting, None));

        await KillClientsAsync();
        var confirmed = await Eventually.SucceedsAsync<bool, CacheUnavailableException>(() => cache.EntombAsync([Tombstone("b")], [], Lasting, None).AsTask());

        Assert.True(confirmed);
    }

    [Fact]
    public async Task A_server_that_lost_the_tombstone_between_write_and_WAIT_does_not_confirm_it()
    {
        // The server comes back empty, and its replica with it: a WAIT on the new connection counts the replica.
        using var client = await ConnectionMultiplexer.ConnectAsync(_primary!.Address + ",abortConnect=false");
        var interrupted = InterruptedDatabase.Over(client.GetDatabase(), async () =>
        {
            await _primary.KillAsync();
            await _primary.RestartAsync(None);
            await UntilReplicaAcknowledgesAsync();
        });
        var options = new CacheOptions { ReplicaAcks = 1, OperationTimeout = Limit, ReplicaAckTimeout = Limit };
        using var writes = new ReplicatedWrites(_ => ValueTask.FromResult(interrupted), options, TimeProvider.System);

        var confirmed = await writes.RunAsync(RedisScripts.Entomb, ["a"], [60_000, "T"], None);

        Assert.Equal(confirmed ? "T" : null, (string?)await client.GetDatabase().StringGetAsync("a"));
    }

    [Fact]
    public async Task Many_tombstones_at_once_are_confirmed_each()
    {
        await using var cache = CreateCache(acks: 1, TimeSpan.FromSeconds(2));

        var confirmed = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => cache.EntombAsync([Tombstone("k" + i)], [], Lasting, None).AsTask()));

        Assert.All(confirmed, Assert.True);
    }

    // A replica that is online has not acknowledged anything yet; it does so once a second by itself, and when WAIT asks.
    private async Task UntilReplicaAcknowledgesAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client = await ConnectionMultiplexer.ConnectAsync(_primary!.Address + ",abortConnect=false");
        var database = client.GetDatabase();
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            await database.StringSetAsync("seen", "by the replica");
        }
        while ((long)await database.ExecuteAsync("WAIT", "1", "200") < 1);
    }

    private async Task KillClientsAsync() =>
        await _client!.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

    private static KeyValuePair<string, byte[]> Tombstone(string key) => new(key, "T"u8.ToArray());

    private RedisCache CreateCache(int acks, TimeSpan? wait = null) => RedisCaches.Create(_primary!.Address, configure: options =>
    {
        options.ReplicaAcks = acks;
        options.ReplicaAckTimeout = wait ?? TimeSpan.FromMilliseconds(500);
    });
}
