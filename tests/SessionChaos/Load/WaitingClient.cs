using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SessionChaos.Load;

/// <summary>A client that waits for changes of its session on one connection, again and again until the session has ended. Small, because there are many.</summary>
internal sealed class WaitingClient(Uri server, string token, int waitSeconds) : IDisposable
{
    private const int BufferBytes = 2048;
    private const int HeadStatusAt = 9;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET /api/v1/session/changes?since=1 HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nPrefer: wait={waitSeconds}\r\n\r\n"));

    /// <summary>Gets how many waits ended without news.</summary>
    public int Waits { get; private set; }

    /// <summary>Connects and sends the first request.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        await _socket.SendAsync(_request, cancellationToken);
    }

    /// <summary>Waits until the session has ended.</summary>
    /// <returns>When the client learned of it.</returns>
    /// <exception cref="InvalidOperationException">The server answered something else than 304 or 401.</exception>
    public async Task<long> EndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await ReadHeadAsync(cancellationToken);
            switch (head.Substring(HeadStatusAt, 3))
            {
                case "304":
                    Waits++;
                    await _socket.SendAsync(_request, cancellationToken);
                    break;
                case "401":
                    return TimeProvider.System.GetTimestamp();
                default:
                    throw new InvalidOperationException($"The server answered {head}");
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // No answer that is read has a body that is longer than a packet, and only the last has one.
    private async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var buffer = Array.Empty<byte>();
        var length = 0;
        while (true)
        {
            // No buffer is held while there is nothing to read.
            await _socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            if (buffer.Length == 0)
            {
                buffer = new byte[BufferBytes];
            }

            var read = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                return Encoding.ASCII.GetString(buffer, 0, length);
            }
        }
    }
}
