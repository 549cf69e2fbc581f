using System.Net;
using System.Net.Sockets;
using Support.Faults;

namespace SessionChaos.Tests.Faults;

/// <summary>Each fault of the TCP proxy is what it says.</summary>
public sealed class TcpFaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly EchoServer _echo = new();
    private readonly TcpFaultProxy _proxy;

    public TcpFaultProxyTests() => _proxy = TcpFaultProxy.Start(_echo.Port);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _echo.Dispose();
    }

    [Fact]
    public async Task Without_a_fault_bytes_pass_both_ways()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client, 100_000);
        Assert.Equal((100_000, 100_000), (_echo.Received, _proxy.AnsweredBytes));
    }

    [Fact]
    public async Task Latency_delays_each_way()
    {
        using var client = await ConnectAsync();
        _proxy.Latency = AWhile;
        var started = TimeProvider.System.GetTimestamp();

        await AssertEchoedAsync(client, 1);

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= 2 * AWhile - TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public async Task A_throttled_connection_carries_no_more_than_its_rate()
    {
        using var client = await ConnectAsync();
        _proxy.BytesPerSecond = 20_000;
        var started = TimeProvider.System.GetTimestamp();

        await AssertEchoedAsync(client, 4_000);

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(2 * 200 - 5));
    }

    [Fact]
    public async Task A_reset_breaks_what_is_open_and_new_connections_go_to_the_new_target()
    {
        using var other = new EchoServer();
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client, 1);
        _proxy.TargetPort = other.Port;
        await AssertEchoedAsync(client, 1);

        _proxy.ResetAll();

        await AssertBrokenAsync(client);
        using var next = await ConnectAsync();
        await AssertEchoedAsync(next, 1);
        Assert.Equal((2, 1), (_echo.Received, other.Received));
    }

    [Fact]
    public async Task A_proxy_that_refuses_breaks_new_connections()
    {
        _proxy.Refuses = true;
        await AssertNotConnectedAsync();
        Assert.Equal(0, _echo.Received);
    }

    [Fact]
    public async Task A_server_that_is_not_there_breaks_new_connections()
    {
        _echo.Dispose();
        await AssertNotConnectedAsync();
    }

    [Fact]
    public async Task What_is_held_arrives_when_it_is_released()
    {
        using var client = await ConnectAsync();
        _proxy.Hold();
        _proxy.Hold();
        await client.SendAsync(new byte[5]);
        await AssertSilentAsync(client);
        Assert.Equal(0, _echo.Received);

        _proxy.Release();

        await ReceiveAsync(client, 5);
        Assert.Equal(5, _echo.Received);
    }

    [Fact]
    public async Task What_fell_into_a_black_hole_is_lost()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client, 1);
        _proxy.Hold();
        await client.SendAsync(new byte[5]);
        await AssertSilentAsync(client);

        _proxy.ResetAll();
        _proxy.Release();

        await AssertBrokenAsync(client);
        using var next = await ConnectAsync();
        await AssertEchoedAsync(next, 1);
        Assert.Equal(2, _echo.Received);
    }

    [Fact]
    public async Task A_cut_answer_breaks_the_connection_after_the_server_has_the_request()
    {
        using var client = await ConnectAsync();
        await AssertEchoedAsync(client, 1);
        _proxy.CutAnswers(1);
        await client.SendAsync(new byte[3]);

        await AssertBrokenAsync(client);
        Assert.Equal(4, _echo.Received);
        using var next = await ConnectAsync();
        await AssertEchoedAsync(next, 1);
    }

    // The reset may come before or after the connection is seen to be open.
    private async Task AssertNotConnectedAsync() => await Assert.ThrowsAsync<SocketException>(async () =>
    {
        using var client = await ConnectAsync();
        await AssertBrokenAsync(client);
        throw new SocketException((int)SocketError.ConnectionReset);
    });

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        return socket;
    }

    private static async Task AssertEchoedAsync(Socket client, int count)
    {
        var sent = Enumerable.Range(0, count).Select(i => (byte)i).ToArray();
        var sending = client.SendAsync(sent);
        Assert.Equal(sent, await ReceiveAsync(client, count));
        await sending;
    }

    private static async Task<byte[]> ReceiveAsync(Socket client, int count)
    {
        using var limit = new CancellationTokenSource(Limit);
        var all = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = await client.ReceiveAsync(all.AsMemory(at), limit.Token);
            Assert.NotEqual(0, received);
            at += received;
        }

        return all;
    }

    private static async Task AssertSilentAsync(Socket client)
    {
        using var limit = new CancellationTokenSource(AWhile);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.ReceiveAsync(new byte[1], limit.Token));
    }

    private static async Task AssertBrokenAsync(Socket client)
    {
        using var limit = new CancellationTokenSource(Limit);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            if (await client.ReceiveAsync(new byte[1], limit.Token) == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        });
    }
}
