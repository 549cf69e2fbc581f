using System.Net;
using System.Net.Sockets;

namespace SessionChaos.Tests.Faults;

/// <summary>Answers every byte with itself.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private long _received;

    public EchoServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets how many bytes have come.</summary>
    public long Received => Interlocked.Read(ref _received);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task EchoAsync(Socket socket)
    {
        using var _ = socket;
        var bytes = new byte[4096];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(bytes)) > 0)
            {
                Interlocked.Add(ref _received, count);
                await socket.SendAsync(bytes.AsMemory(0, count));
            }
        }
        catch (SocketException)
        {
            // The connection was broken, as a test wants it.
        }
    }
}
