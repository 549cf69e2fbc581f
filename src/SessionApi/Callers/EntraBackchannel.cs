namespace SessionApi.Callers;

/// <summary>
/// HTTP client for the identity provider. Calls configured addresses only, follows no redirect, and limits time and size of the answer.
/// </summary>
internal sealed class EntraBackchannel : IDisposable
{
    private const int MaxDocumentBytes = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client;
    private readonly TimeProvider _timeProvider;

    public EntraBackchannel(TimeProvider timeProvider)
        : this(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, timeProvider)
    {
    }

    public EntraBackchannel(HttpMessageHandler handler, TimeProvider timeProvider)
    {
        _client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxDocumentBytes, Timeout = Timeout.InfiniteTimeSpan };
        _timeProvider = timeProvider;
    }

    /// <summary>Fetches a document; throws after at most two seconds.</summary>
    public async Task<string> GetAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(Patience, _timeProvider);
        return await _client.GetStringAsync(address, patience.Token);
    }

    public void Dispose() => _client.Dispose();
}
