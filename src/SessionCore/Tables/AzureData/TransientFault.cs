using System.Net.Sockets;
using Azure;

namespace SessionCore.Tables.AzureData;

/// <summary>The faults that another try may cure.</summary>
internal static class TransientFault
{
    /// <summary>Tells whether an answer with this status is worth another try.</summary>
    public static bool IsStatus(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Tells whether a request that ended so is worth another try. One that nobody listens to is not: a pause cures no address.</summary>
    public static bool IsException(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } refusal => IsStatus(refusal.Status),
        RequestFailedException or IOException => !NobodyListens(exception.InnerException),
        _ => false,
    };

    /// <summary>Tells whether no connection came about, so that nothing of the request left this machine.</summary>
    public static bool IsConnecting(Exception exception) => exception.InnerException is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static bool NobodyListens(Exception? exception) => exception is HttpRequestException
    {
        InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NoData },
    };
}
