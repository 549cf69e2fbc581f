using Microsoft.Extensions.Caching.Memory;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The sessions that this process validated with a passport, under the digests of their tokens. No token is kept.</summary>
internal sealed class KeptSessions(EndingsFeed feed, TimeProvider timeProvider) : IDisposable
{
    // About 2 KB each with a small ticket.
    private const int MaxSessions = 10_000;

    // Longer than any answer that was asked for before takes.
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(30);

#if NET9_0_OR_GREATER
    private readonly Lock _gate = new();
#else
    private readonly object _gate = new();
#endif
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxSessions });

    /// <summary>Gets what ended meanwhile.</summary>
    public EndingsFeed Feed => feed;

    /// <summary>Returns the session of a token; null when it is not kept, or its passport is over.</summary>
    public KeptSession? Find(string token) =>
        _kept.TryGetValue(TextDigest.Of(token), out var found) && found is KeptSession kept && kept.IsValid(timeProvider) ? kept : null;

    /// <summary>Keeps a session for the life of its passport, unless it was forgotten while the API was asked.</summary>
    public void Keep(string token, KeptSession session, TimeSpan life)
    {
        var digest = TextDigest.Of(token);
        lock (_gate)
        {
            if (life > TimeSpan.Zero && !(_kept.TryGetValue(digest, out var found) && found is Forgotten))
            {
                Set(digest, session, life);
            }
        }
    }

    /// <summary>Forgets the session of a token: the next request asks the API.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            Set(TextDigest.Of(token), Forgotten.Instance, Refusal);
        }
    }

    public void Dispose() => _kept.Dispose();

    private void Set(TextDigest digest, object value, TimeSpan life) =>
        _kept.Set(digest, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = life });

    private sealed class Forgotten
    {
        public static Forgotten Instance { get; } = new();
    }
}
