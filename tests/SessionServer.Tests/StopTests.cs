using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Support.Hosts;
using Support.Servers;
using Support.Time;

namespace SessionServer.Tests;

/// <summary>An orchestrator's way to end an instance: SIGTERM, a while of patience, then the end.</summary>
public sealed class StopTests
{
    private const string Body = """{"userId":"alice"}""";

    [Fact]
    public async Task A_request_under_way_is_answered_after_SIGTERM_and_the_process_ends_well()
    {
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(tables.ConnectionString, redis: null, settings: null, CancellationToken.None);
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Url.Host, server.Url.Port);
        var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);

        // "100 Continue" comes when the operation has begun to read its body: from then on the request is in progress.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/v1/sessions HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAuthorization: Bearer {server.ServiceKey}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n")));
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync());
        server.Send(Signal.Terminate);
        await UntilNobodyListensAsync(server.Url);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body));
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 201 Created", answer.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("\"token\":\"sst_", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.WaitForExitAsync(CancellationToken.None));
    }

    private static Task UntilNobodyListensAsync(Uri url) => Eventually.TrueAsync(async () =>
    {
        using var another = new TcpClient();
        try
        {
            await another.ConnectAsync(url.Host, url.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    });
}
