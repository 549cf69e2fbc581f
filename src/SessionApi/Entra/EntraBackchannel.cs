namespace SessionApi.Entra;

/// <summary>The way to the identity provider. Goes to configured addresses only, follows no redirect and reads no more than it must.</summary>
internal sealed class EntraBackchannel : IDisposable
{
    private const int MaxDocumentBytes = 256 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;

    public EntraBackchannel()
        : this(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    public EntraBackchannel(HttpMessageHandler handler) =>
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxDocumentBytes, Timeout = Timeout };

    public Task<string> GetAsync(Uri address, CancellationToken cancellationToken) => _client.GetStringAsync(address, cancellationToken);

    public void Dispose() => _client.Dispose();
}
