using System.Net;
using System.Net.Sockets;

namespace Support.Servers;

/// <summary>Free ports.</summary>
public static class FreePort
{
    /// <summary>Finds a free loopback port. Another process may take it before it is used: who starts a server tries again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
