using System.Net;
using System.Net.Sockets;

namespace Support.Faults;

/// <summary>One connection through a proxy.</summary>
internal sealed class TcpLink(Socket client, TcpFaultProxy proxy)
{
    private const int ChunkBytes = 16 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Passes bytes on both ways until either side closes.</summary>
    public async Task RunAsync(int targetPort, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(IPAddress.Loopback, targetPort, over.Token);
            await Task.WhenAny(PumpAsync(client, _server, isAnswer: false, over.Token), PumpAsync(_server, client, isAnswer: true, over.Token));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // There is no server, or the test is over: either way the client's connection ends with this one.
        }

        await over.CancelAsync();
    }

    /// <summary>Breaks both sides at once, without a farewell.</summary>
    public void Reset()
    {
        Break(client);
        Break(_server);
    }

    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(chunk, cancellationToken)) > 0)
            {
                if (isAnswer && proxy.TakesCut())
                {
                    Reset();
                    return;
                }

                await proxy.PassAsync(count, cancellationToken);
                await to.SendAsync(chunk.AsMemory(0, count), cancellationToken);
                if (isAnswer)
                {
                    proxy.Answered(count);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone; the other goes with it.
        }
    }
}
