namespace SessionApi.Entra;

/// <summary>The way to the identity provider. Goes to configured addresses only, follows no redirect and reads no more than it must.</summary>
internal sealed class EntraBackchannel : IDisposable
{
    private const int MaxDocumentBytes = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;

    public EntraBackchannel(TimeProvider clock)
        : this(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, clock)
    {
    }

    public EntraBackchannel(HttpMessageHandler handler, TimeProvider clock)
    {
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxDocumentBytes, Timeout = Timeout.InfiniteTimeSpan };
        _clock = clock;
    }

    /// <summary>Fetches a document, or throws within two seconds.</summary>
    public async Task<string> GetAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        return await _client.GetStringAsync(address, patience.Token);
    }

    public void Dispose() => _client.Dispose();
}
