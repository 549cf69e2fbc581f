using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Tables;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tests.Tables.AzureData;

/// <summary>
/// A server that closes a used connection politely after it has taken a request: the transport then likes to repeat the
/// request by itself, unseen by everybody.
/// </summary>
public sealed class ConnectionLossTests : IDisposable
{
    private const string Row = """{"odata.etag":"W/\"1\"","PartitionKey":"p","RowKey":"r"}""";
    private const string Gone = """{"odata.error":{"code":"ResourceNotFound","message":{"lang":"en-US","value":"x"}}}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly ConcurrentQueue<string> _requests = new();

    [Fact]
    public async Task A_delete_that_was_taken_is_never_repeated_unseen()
    {
        _listener.Start();
        var serving = ServeAsync();
        using var connection = new AzureDataConnection(
            new TableStorageOptions
            {
                ConnectionString = string.Create(
                    CultureInfo.InvariantCulture,
                    $"AccountName=account;AccountKey={StoreStub.AccountKey};TableEndpoint=http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/account"),
                TryTimeout = TimeSpan.FromSeconds(20),
                TotalTimeout = TimeSpan.FromSeconds(30),
            },
            credential: null,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        var table = connection.Table("sessions");

        var row = await table.FindAsync("p", "r", CancellationToken.None);
        var result = await table.WriteAsync(TableWrite.Delete("p", "r", row?.ETag ?? string.Empty), CancellationToken.None);

        Assert.Equal(new TableWriteResult(TableOutcome.NotFound, FailedIndex: 0, Uncertain: true), result);
        Assert.Equal(["GET", "DELETE", "DELETE"], _requests);
        await serving;
    }

    public void Dispose() => _listener.Dispose();

    private static Task AnswerAsync(NetworkStream stream, string status, string body) => stream.WriteAsync(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"))).AsTask();

    private async Task ServeAsync()
    {
        using (var first = await _listener.AcceptTcpClientAsync())
        {
            var stream = first.GetStream();
            await TakeAsync(stream);
            await AnswerAsync(stream, "200 OK", Row);
            await TakeAsync(stream);
            first.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }

        using var second = await _listener.AcceptTcpClientAsync();
        await TakeAsync(second.GetStream());
        await AnswerAsync(second.GetStream(), "404 Not Found", Gone);
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, count);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        _requests.Enqueue(text.ToString().Split(' ')[0]);
    }
}
