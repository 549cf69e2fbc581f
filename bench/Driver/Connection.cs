using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bench.Driver;

/// <summary>Keep-alive connection with at most one request in flight. Sockets are non-blocking and used by one thread.</summary>
internal sealed class Connection(IPEndPoint endpoint) : IDisposable
{
    private const int InitialBytes = 16 * 1024;
    private byte[] _buffer = new byte[InitialBytes];
    private int _filled;

    public Socket Socket { get; private set; } = Open(endpoint);

    /// <summary>The number of the request in flight; -1 for none.</summary>
    public long Index { get; private set; } = -1;

    public long SentAt { get; private set; }

    public void Send(long index, ReadOnlySpan<byte> request)
    {
        Index = index;
        SentAt = Stopwatch.GetTimestamp();
        while (request.Length > 0)
        {
            var sent = Socket.Send(request, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                Socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite);
            }
            else if (error != SocketError.Success)
            {
                throw new SocketException((int)error);
            }

            request = request[sent..];
        }
    }

    /// <summary>Takes what has arrived; true when the answer is complete. Its bytes stay valid until <see cref="Done"/>.</summary>
    public bool TryReceive(out HttpAnswer answer)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var received = Socket.Receive(_buffer.AsSpan(_filled), SocketFlags.None, out var error);
        answer = default;
        if (error == SocketError.WouldBlock)
        {
            return false;
        }

        if (error != SocketError.Success || received == 0)
        {
            throw new SocketException((int)(error == SocketError.Success ? SocketError.ConnectionReset : error));
        }

        _filled += received;
        return HttpAnswer.TryRead(_buffer.AsSpan(0, _filled), out answer);
    }

    public ReadOnlySpan<byte> Head(HttpAnswer answer) => _buffer.AsSpan(0, answer.HeadLength - 4);

    public ReadOnlySpan<byte> Body(HttpAnswer answer) => _buffer.AsSpan(answer.HeadLength, answer.Length - answer.HeadLength);

    public void Done(HttpAnswer answer)
    {
        Index = -1;
        _filled = 0;
        if (answer.Close)
        {
            Reopen();
        }
    }

    public void Reopen()
    {
        Socket.Dispose();
        Socket = Open(endpoint);
        Index = -1;
        _filled = 0;
    }

    public void Dispose() => Socket.Dispose();

    private static Socket Open(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(endpoint);
        socket.Blocking = false;
        return socket;
    }
}
