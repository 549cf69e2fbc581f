using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Servers;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>What a caller sees of a Redis that is down, frozen, refusing or replaced.</summary>
public sealed class RedisFaultTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Lease = "L1"u8.ToArray();
    private static readonly byte[] Tombstone = "T1"u8.ToArray();

    // The client asks for the role once a second.
    private static readonly TimeSpan RoleIsSeen = TimeSpan.FromSeconds(2);

    // The sweep ends a wait up to an eighth late; the rest is for a machine that has other things to do.
    private static readonly TimeSpan DeadlineAndSlack = Deadline + TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Nothing_is_contacted_before_the_first_step()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        await using var cache = RedisCaches.Create(listener.LocalEndpoint.ToString()!, Deadline);

        Assert.False(listener.Pending());
        await AssertUnavailableAsync(() => cache.GetAsync("k", None));
        Assert.True(listener.Pending());
    }

    [Fact]
    public async Task A_server_that_dies_is_unavailable_at_once_and_used_again_when_it_is_back()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, Deadline);
        await UntilAsync(() => cache.LeaseAsync("a", Lease, null, Lasting, None));

        await server.KillAsync();
        await AssertUnavailableAsync(() => cache.GetAsync("a", None));
        await AssertUnavailableAsync(() => cache.LeaseAsync("b", Lease, null, Lasting, None));
        await AssertUnavailableAsync(() => cache.EntombAsync([new("a", Tombstone)], [], Lasting, None));

        await server.RestartAsync(None);
        Assert.Null(await UntilAsync(() => cache.GetAsync("a", None)));
        Assert.Null(await UntilAsync(() => cache.LeaseAsync("c", Lease, null, Lasting, None)));
        Assert.Equal(Lease, await UntilAsync(() => cache.GetAsync("c", None)));
    }

    [Fact]
    public async Task A_server_that_was_never_there_is_used_once_it_comes()
    {
        await using var server = await RedisServer.StartAsync(None);
        await server.KillAsync();
        await using var cache = RedisCaches.Create(server.Address, Deadline);

        await AssertUnavailableAsync(() => cache.GetAsync("a", None));
        await AssertUnavailableAsync(() => cache.GetAsync("a", None));
        await server.RestartAsync(None);

        Assert.Null(await UntilAsync(() => cache.GetAsync("a", None)));
    }

    [Fact]
    public async Task A_frozen_server_costs_a_deadline_and_no_more()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, Deadline);
        await UntilAsync(() => cache.GetAsync("a", None));

        server.Send(Signal.Stop);
        var all = Enumerable.Range(0, 50).Select(_ => AssertUnavailableAsync(() => cache.GetAsync("a", None)));
        await Task.WhenAll(all);
        await AssertUnavailableAsync(() => cache.FillAsync("a", Lease, Tombstone, Lasting, None));
        server.Send(Signal.Continue);

        Assert.Null(await UntilAsync(() => cache.GetAsync("a", None)));
    }

    [Fact]
    public async Task A_write_that_timed_out_is_applied_once_at_most()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, Deadline);
        for (var i = 0; i < 3; i++)
        {
            // So that the client knows the script is there, and the next call is one command.
            await UntilAsync(() => cache.EntombAsync([new("a", Tombstone)], [], Lasting, None));
        }

        var before = await ScriptsRunAsync(server);
        server.Send(Signal.Stop);
        await AssertUnavailableAsync(() => cache.EntombAsync([new("b", Tombstone)], [], Lasting, None));
        server.Send(Signal.Continue);
        await UntilAsync(() => cache.GetAsync("b", None));

        Assert.InRange(await ScriptsRunAsync(server) - before, 0, 1);
    }

    [Fact]
    public async Task A_caller_that_leaves_is_let_go()
    {
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, TimeSpan.FromSeconds(5));
        await cache.GetAsync("a", None);
        using var left = new CancellationTokenSource();

        server.Send(Signal.Stop);
        var read = cache.GetAsync("a", left.Token).AsTask();
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task A_wrong_password_is_unavailable_and_written_nowhere()
    {
        const string Right = "correct-horse";
        const string Wrong = "wrong-battery-staple";
        await using var server = await RedisServer.StartAsync(None, "--requirepass", Right);
        var log = new LogOf<RedisCache>();
        await using var refused = RedisCaches.Create($"{server.Address},password={Wrong}", Deadline, logger: log);
        await using var accepted = RedisCaches.Create($"{server.Address},password={Right}", Deadline, logger: log);

        var failure = await AssertUnavailableAsync(() => refused.GetAsync("a", None));
        await AssertUnavailableAsync(() => refused.LeaseAsync("a", Lease, null, Lasting, None));
        Assert.Null(await UntilAsync(() => accepted.GetAsync("a", None)));

        foreach (var text in (string[])[failure.ToString(), .. log.Lines])
        {
            Assert.DoesNotContain(Wrong, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Right, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_failure_names_no_key()
    {
        await using var server = await RedisServer.StartAsync(None);
        var log = new LogOf<RedisCache>();
        await using var cache = RedisCaches.Create(server.Address, Deadline, logger: log);
        await UntilAsync(() => cache.GetAsync("canary-key", None));
        await server.KillAsync();

        var failure = await AssertUnavailableAsync(() => cache.GetAsync("canary-key", None));

        Assert.DoesNotContain("canary-key", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains("canary-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_memory_refuses_writes_and_still_reads()
    {
        await using var server = await RedisServer.StartAsync(None, "--maxmemory-policy", "noeviction");
        await using var cache = RedisCaches.Create(server.Address);
        await cache.EntombAsync([new("a", Tombstone)], [], Lasting, None);
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await client.GetDatabase().ExecuteAsync("CONFIG", "SET", "maxmemory", "1");

        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await cache.EntombAsync([new("b", Tombstone)], [], Lasting, None));
        Assert.Equal(Tombstone, await cache.GetAsync("a", None));
    }

    [Fact]
    public async Task A_server_that_the_client_saw_as_a_replica_for_a_moment_takes_writes_again_within_about_a_second()
    {
        await using var other = await RedisServer.StartAsync(None);
        await using var server = await RedisServer.StartAsync(None);
        await using var cache = RedisCaches.Create(server.Address, Deadline);
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        await UntilAsync(() => cache.EntombAsync([new("a", Tombstone)], [], Lasting, None));

        await server.FollowAsync(other.Port, None);
        await client.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await UntilUnavailableForAsync(RoleIsSeen, () => cache.GetAsync("a", None));
        await server.PromoteAsync(None);
        var clock = Stopwatch.StartNew();
        await UntilAsync(() => cache.EntombAsync([new("b", Tombstone)], [], Lasting, None));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, RoleIsSeen);
    }

    [Fact]
    public async Task A_cache_that_has_ended_is_unavailable()
    {
        await using var server = await RedisServer.StartAsync(None);
        var cache = RedisCaches.Create(server.Address);
        await cache.GetAsync("a", None);

        await cache.DisposeAsync();

        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await cache.GetAsync("a", None));
    }

    private static async Task<CacheUnavailableException> AssertUnavailableAsync<T>(Func<ValueTask<T>> step)
    {
        var clock = Stopwatch.StartNew();

        // Called by itself: a step that throws at once, instead of in its task, is not seen by the circuit breaker.
        var call = step();
        var failure = await Assert.ThrowsAsync<CacheUnavailableException>(async () => await call);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, DeadlineAndSlack);
        return failure;
    }

    // The client finds out by itself, within seconds, that a server is there (again).
    private static Task<T> UntilAsync<T>(Func<ValueTask<T>> step) =>
        Eventually.SucceedsAsync<T, CacheUnavailableException>(() => step().AsTask());

    // A connection that is lost fails for a moment, a role for as long as it is believed.
    private static async Task UntilUnavailableForAsync<T>(TimeSpan time, Func<ValueTask<T>> step)
    {
        using var limit = new CancellationTokenSource(Limit);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            try
            {
                await step();
                clock.Restart();
            }
            catch (CacheUnavailableException)
            {
                // As it is to be.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static async Task<long> ScriptsRunAsync(RedisServer server)
    {
        using var client = await ConnectionMultiplexer.ConnectAsync(server.Address + ",allowAdmin=true");
        return RedisStatistics.CallsOf("evalsha", (string?)await client.GetDatabase().ExecuteAsync("INFO", "commandstats"));
    }
}
