using Microsoft.Extensions.Caching.Memory;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// What the API told of sessions lately, so that it is not transferred and read anew for each request. It says nothing about whether a session is
/// live: the API is asked all the same.
/// </summary>
/// <remarks>
/// Neither tokens nor their digests are kept. A hash leads to what may be known, and the API tells whether the token is of that session: by the
/// version, and where that is equal by the id.
/// </remarks>
internal sealed class KnownSessions(TimeProvider timeProvider) : IDisposable
{
    /// <summary>The most sessions that are kept. About 3 KB each with a small ticket; further ones are told for each request.</summary>
    public const int Capacity = 10_000;

    // Should the tables be restored from a copy, a version may mean something else; not for longer than this.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>Gets how many are kept.</summary>
    public int Count => _known.Count;

    /// <summary>Returns what may be known of the session of a token; null when nothing is.</summary>
    public KnownSession? Find(string token) =>
        _known.TryGetValue(HashOf(token), out var found) && found is KnownSession known && timeProvider.GetElapsedTime(known.KeptAt) < Life ? known : null;

    /// <summary>Keeps what the API told.</summary>
    public KnownSession Keep(string token, Session session)
    {
        var known = new KnownSession(session, timeProvider.GetTimestamp());
        return _known.Set(HashOf(token), known, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Life });
    }

    /// <summary>Forgets the session of a token that is not active.</summary>
    public void Forget(string token) => _known.Remove(HashOf(token));

    public void Dispose() => _known.Dispose();

    // Differs from process to process.
    private static int HashOf(string token) => token.GetHashCode(StringComparison.Ordinal);
}
