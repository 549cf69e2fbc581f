using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionClient.Tests;

/// <summary>Answers whose head comes whole and whose body does not.</summary>
public sealed class BrokenBodyTests
{
    private const string Body = """{"active":false}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_breaks_off_or_stalls_is_asked_for_again(bool breaksOff)
    {
        await using var server = new BodyServer(breaksOff);

        // Half of it is for the first body, the rest for a busy machine.
        await using var client = new TestedClient(server.Address, "ssk_key", options => options.Timeout = TimeSpan.FromSeconds(8));

        Assert.False((await client.Sessions.IntrospectAsync("sst_any")).Active);

        Assert.Equal(2, server.Answers);
    }

    /// <summary>Sends half of the first body, and every other one whole.</summary>
    private sealed class BodyServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly bool _breaksOff;
        private readonly Task _serving;
        private int _answers;

        public BodyServer(bool breaksOff)
        {
            _breaksOff = breaksOff;
            _listener.Start();
            _serving = ServeAsync();
        }

        public Uri Address => RunningApi.AddressOf(((IPEndPoint)_listener.LocalEndpoint).Port);

        public int Answers => Volatile.Read(ref _answers);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _serving;
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            var open = new List<TcpClient>();
            try
            {
                while (true)
                {
                    var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                    open.Add(connection);
                    await AnswerAsync(connection);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Asked to stop.
            }

            open.ForEach(connection => connection.Dispose());
        }

        private async Task AnswerAsync(TcpClient connection)
        {
            var isFirst = Interlocked.Increment(ref _answers) == 1;
            var stream = connection.GetStream();
            await ReadRequestAsync(stream);
            var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + (isFirst ? Body[..5] : Body)), _stop.Token);
            if (isFirst && _breaksOff)
            {
                connection.Client.LingerState = new LingerOption(enable: true, seconds: 0);
                connection.Dispose();
            }
        }

        // The request is one small JSON object after its head.
        private async Task ReadRequestAsync(NetworkStream stream)
        {
            var received = new StringBuilder();
            var chunk = new byte[4096];
            while (!received.ToString().EndsWith('}'))
            {
                received.Append(Encoding.ASCII.GetString(chunk, 0, await stream.ReadAsync(chunk, _stop.Token)));
            }
        }
    }
}
