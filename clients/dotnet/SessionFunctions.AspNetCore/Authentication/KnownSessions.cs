using System.Collections.Concurrent;
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
internal sealed class KnownSessions(TimeProvider timeProvider)
{
    /// <summary>The most sessions that are kept, about 3 KB each with a small ticket. With one more all are forgotten: each is told again once.</summary>
    public const int Capacity = 10_000;

    // Should the tables be restored from a copy, a version may mean something else; not for longer than this.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, KnownSession> _known = new();

    /// <summary>Gets how many are kept.</summary>
    public int Count => _known.Count;

    /// <summary>Returns what may be known of the session of a token; null when nothing is.</summary>
    public KnownSession? Find(string token) =>
        _known.TryGetValue(HashOf(token), out var known) && timeProvider.GetElapsedTime(known.KeptAt) < Life ? known : null;

    /// <summary>Keeps what the API told.</summary>
    public KnownSession Keep(string token, Session session)
    {
        if (Count >= Capacity)
        {
            _known.Clear();
        }

        return _known[HashOf(token)] = new KnownSession(session, timeProvider.GetTimestamp());
    }

    /// <summary>Forgets the session of a token that is not active.</summary>
    public void Forget(string token) => _known.TryRemove(HashOf(token), out _);

    // Differs from process to process.
    private static int HashOf(string token) => token.GetHashCode(StringComparison.Ordinal);
}
