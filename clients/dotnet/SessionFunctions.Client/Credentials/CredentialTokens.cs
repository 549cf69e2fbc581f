using Azure.Core;

namespace SessionFunctions.Client.Credentials;

/// <summary>Keeps the access token of a credential until shortly before its end. One request at a time asks for a new one.</summary>
internal sealed class CredentialTokens(TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Kept? _kept;

    /// <summary>Returns a token.</summary>
    /// <exception cref="SessionsUnavailableException">The credential gives none.</exception>
    public async ValueTask<string> GetAsync(TokenCredential credential, string scope, CancellationToken cancellationToken)
    {
        if (Find(credential, scope) is { } known)
        {
            return known;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Find(credential, scope) is { } meanwhile)
            {
                return meanwhile;
            }

            var token = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken).ConfigureAwait(false);
            _kept = new Kept(credential, scope, token);
            return token.Token;
        }
#pragma warning disable CA1031 // Azure.Identity documents no common base of what its credentials throw.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            throw new SessionsUnavailableException("The credential of this service gave no token for the session API. See the inner exception.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets the token: the API has refused it.</summary>
    public void Forget() => _kept = null;

    public void Dispose() => _turn.Dispose();

    private string? Find(TokenCredential credential, string scope)
    {
        var kept = _kept;
        return kept is not null && kept.Credential == credential && kept.Scope == scope && timeProvider.GetUtcNow() < (kept.Token.RefreshOn ?? kept.Token.ExpiresOn - Early)
            ? kept.Token.Token
            : null;
    }

    private sealed class Kept(TokenCredential credential, string scope, AccessToken token)
    {
        public TokenCredential Credential => credential;

        public string Scope => scope;

        public AccessToken Token => token;
    }
}
