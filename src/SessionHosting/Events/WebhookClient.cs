using System.Net;
using System.Net.Sockets;

namespace SessionHosting.Events;

/// <summary>HTTP client of webhooks: no redirects, no proxy, and no connection to an address that is not public.</summary>
internal static class WebhookClient
{
    private static readonly TimeSpan ConnectionTime = TimeSpan.FromMinutes(2);

    /// <summary>Returns the client of one target.</summary>
    /// <param name="allowPrivateAddresses">Whether any address may be connected to.</param>
    public static HttpClient Create(bool allowPrivateAddresses)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionTime,

            // The address is judged where it is connected to, so no later answer of the name service stands in for the one that was judged.
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowPrivateAddresses, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivateAddresses, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        if (!allowPrivateAddresses && Array.Exists(addresses, address => !PublicAddresses.IsPublic(address)))
        {
            throw new HttpRequestException("The target has an address that is not public.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
