using System.Net.Sockets;
using System.Text;
using Support.Hosts;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>A server that is asked to end finishes what it has begun.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_request_that_is_under_way_when_the_server_is_asked_to_end_is_answered_whole()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis: null, settings: null, deadline.Token);
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Url.Host, server.Url.Port, deadline.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.ServiceKey}\r\nContent-Type: application/json\r\nContent-Length: 18\r\nExpect: 100-continue\r\n\r\n"), deadline.Token);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        // By this answer the request has reached its operation, which waits for the body.
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(deadline.Token));
        server.Send(Signal.Terminate);
        await UntilNobodyListensAsync(server.Url, deadline.Token);
        await stream.WriteAsync("{\"userId\":\"alice\"}"u8.ToArray(), deadline.Token);

        var answer = await reader.ReadToEndAsync(deadline.Token);
        Assert.Contains("HTTP/1.1 201 Created", answer, StringComparison.Ordinal);
        Assert.Contains("\"token\":\"sst_", answer, StringComparison.Ordinal);
        Assert.EndsWith("}", answer.TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
    }

    private static async Task UntilNobodyListensAsync(Uri url, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(url.Host, url.Port, cancellationToken);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
