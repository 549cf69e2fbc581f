using Azure.Core;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Credential whose token request is shared by all waiting calls and independent of their deadlines. Otherwise a first token that takes
/// longer than one call would never arrive. A token that arrives after all callers have given up is kept for the next call.
/// </summary>
internal sealed class SharedTokenCredential(TokenCredential inner, TimeProvider timeProvider) : TokenCredential
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<AccessToken>? _fetching;
    private bool _isTaken;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        inner.GetToken(requestContext, cancellationToken);

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Task<AccessToken> fetching;
        lock (_lock)
        {
            if (_fetching is null || (_fetching.IsCompleted && (_isTaken || !IsGood(_fetching))))
            {
                _isTaken = false;
                _fetching = Task.Run(() => FetchAsync(requestContext), CancellationToken.None);
            }

            fetching = _fetching;
        }

        var token = await fetching.WaitAsync(cancellationToken);
        lock (_lock)
        {
            _isTaken |= ReferenceEquals(fetching, _fetching);
        }

        return token;
    }

    private bool IsGood(Task<AccessToken> fetched) => fetched.IsCompletedSuccessfully && fetched.Result.ExpiresOn > timeProvider.GetUtcNow();

    private async Task<AccessToken> FetchAsync(TokenRequestContext requestContext)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        return await inner.GetTokenAsync(requestContext, limit.Token);
    }
}
