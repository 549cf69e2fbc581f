using System.Globalization;
using System.Net.Sockets;
using Support.Servers;

namespace SessionCore.Tests.Servers;

public sealed class RedisServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_server_freezes_goes_on_dies_and_comes_back_on_its_port()
    {
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        Assert.Equal("+PONG", await AskAsync(server, "PING"));

        server.Send(Signal.Stop);
        await Assert.ThrowsAnyAsync<TimeoutException>(() => AskAsync(server, "PING", TimeSpan.FromMilliseconds(200)));
        server.Send(Signal.Continue);
        Assert.Equal("+PONG", await AskAsync(server, "PING"));
        Assert.Equal("+OK", await AskAsync(server, "SET kept 1"));

        var port = server.Port;
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync(server, "PING"));
        await server.RestartAsync(CancellationToken.None);

        Assert.Equal(port, server.Port);
        Assert.Equal("$-1", await AskAsync(server, "GET kept"));
    }

    [Fact]
    public async Task A_replica_says_whom_it_follows()
    {
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        await using var replica = await server.StartReplicaAsync(CancellationToken.None);

        var answer = await AskAsync(replica, "CONFIG GET replicaof", Limit, lines: 5);
        Assert.Contains(server.Port.ToString(CultureInfo.InvariantCulture), answer, StringComparison.Ordinal);
    }

    private static Task<string> AskAsync(RedisServer server, string command) => AskAsync(server, command, Limit);

    private static async Task<string> AskAsync(RedisServer server, string command, TimeSpan limit, int lines = 1)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var writer = new StreamWriter(client.GetStream());
        using var reader = new StreamReader(client.GetStream());
        await writer.WriteAsync(command + "\r\n");
        await writer.FlushAsync();
        var answer = new List<string?>();
        while (answer.Count < lines)
        {
            answer.Add(await reader.ReadLineAsync().WaitAsync(limit, TimeProvider.System));
        }

        return string.Join(' ', answer);
    }
}
