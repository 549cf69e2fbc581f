using Azure.Core;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Lets a token be fetched for as long as it takes, once for all requests that wait. A request's own deadline ends its
/// waiting but not the fetching: otherwise a first token that takes longer than one try would never arrive.
/// </summary>
internal sealed class SharedTokenCredential(TokenCredential inner, TimeProvider timeProvider) : TokenCredential
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<AccessToken>? _fetching;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        inner.GetToken(requestContext, cancellationToken);

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Task<AccessToken> fetching;
        lock (_lock)
        {
            if (_fetching is null or { IsCompleted: true })
            {
                _fetching = Task.Run(() => FetchAsync(requestContext), CancellationToken.None);
            }

            fetching = _fetching;
        }

        return await fetching.WaitAsync(cancellationToken);
    }

    private async Task<AccessToken> FetchAsync(TokenRequestContext requestContext)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        return await inner.GetTokenAsync(requestContext, limit.Token);
    }
}
