using System.Net;
using System.Net.Sockets;

namespace SessionHosting.Events;

/// <summary>Connects to public addresses only (SSRF).</summary>
/// <remarks>
/// The addresses that were judged are the ones that are connected to: a later answer of the name service cannot stand in for them. One
/// address among several that is not public refuses them all.
/// </remarks>
internal sealed class GuardedConnector(bool allowPrivateAddresses)
{
    /// <summary>Gets what resolves a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Gets what connects to the first of some addresses that answers.</summary>
    public Func<IPAddress[], int, CancellationToken, ValueTask<Stream>> Dial { get; init; } = DialAsync;

    /// <summary>Connects to a host.</summary>
    /// <exception cref="HttpRequestException">An address of the host is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await Resolve(target.Host, cancellationToken);
        return allowPrivateAddresses || Array.TrueForAll(addresses, PublicAddresses.IsPublic)
            ? await Dial(addresses, target.Port, cancellationToken)
            : throw new HttpRequestException("The target has an address that is not public.");
    }

    private static async ValueTask<Stream> DialAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
