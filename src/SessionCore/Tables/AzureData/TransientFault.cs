using System.Net.Sockets;
using Azure;

namespace SessionCore.Tables.AzureData;

/// <summary>Classification of transient faults.</summary>
internal static class TransientFault
{
    /// <summary>Whether a status is transient.</summary>
    public static bool IsStatus(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether an exception is transient. An unresolvable or refused address is not.</summary>
    public static bool IsException(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } refusal => IsStatus(refusal.Status),
        RequestFailedException or IOException => !NobodyListens(exception.InnerException),
        _ => false,
    };

    /// <summary>Whether no connection was established, so that nothing was sent.</summary>
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
