namespace SessionHosting.Events;

/// <summary>HTTP client of a target: no redirects, no proxy, no cookies, and no connection to an address that is not public.</summary>
internal static class TargetClient
{
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly TimeSpan ConnectionTime = TimeSpan.FromMinutes(2);

    /// <summary>Returns the client of one target.</summary>
    /// <param name="allowPrivateAddresses">Whether any address may be connected to.</param>
    public static HttpClient Create(bool allowPrivateAddresses) => Create(new GuardedConnector(allowPrivateAddresses));

    internal static HttpClient Create(GuardedConnector connector)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionTime,
            ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }
}
