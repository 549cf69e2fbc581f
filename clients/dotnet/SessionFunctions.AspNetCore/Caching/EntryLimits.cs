using System.Security.Cryptography;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Caching;

/// <summary>The longest lives that the API's policy allows for the entries of this service: learnt from a session that is created without any.</summary>
internal sealed class EntryLimits(KeyedSessionsClient sessions) : IDisposable
{
    private const int KeyBytes = 32;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Known? _known;

    /// <summary>Returns them; asks the API the first time.</summary>
    public async ValueTask<EntryLifetime> GetAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
        {
            return known.Limits;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _known ??= new Known(await AskAsync(cancellationToken).ConfigureAwait(false));
            return _known.Limits;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets them: the policy has changed.</summary>
    public void Forget() => _known = null;

    public void Dispose() => _turn.Dispose();

    private async Task<EntryLifetime> AskAsync(CancellationToken cancellationToken)
    {
        var key = SessionKey.Of(RandomNumberGenerator.GetBytes(KeyBytes));
        var save = await sessions.SaveAsync(key, new KeyedSession { Data = [] }, cancellationToken: cancellationToken).ConfigureAwait(false);
        var session = save.Session ?? throw new SessionsUnavailableException("The session API did not create a session under a new key.");
        await sessions.SaveAsync(key, new KeyedSession { Data = [], IdleTimeout = EntryLifetime.Shortest }, SaveCondition.MustExist, cancellationToken).ConfigureAwait(false);
        return new EntryLifetime(session.IdleTimeout, session.AbsoluteExpiresAt - session.CreatedAt);
    }

    private sealed record Known(EntryLifetime Limits);
}
