using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>What clients know together: sessions, and the tokens they were given.</summary>
internal sealed class Board
{
    private readonly List<KnownSession> _sessions = [];
    private readonly Dictionary<NamedKey, long> _versions = [];
    private int _tokens;

    public IReadOnlyList<KnownSession> Sessions => _sessions;

    /// <summary>Gets the unconfirmed writes to check later.</summary>
    public List<Doubt> Doubts { get; } = [];

    /// <summary>Takes a write of another instance to look at; null when there is none whose time is still to come.</summary>
    public Doubt? TakeDoubt(int instance, DateTimeOffset now)
    {
        Doubts.RemoveAll(doubt => doubt.At <= now);
        var taken = Doubts.Find(doubt => doubt.Instance != instance);
        return taken is not null && Doubts.Remove(taken) ? taken : null;
    }

    /// <summary>The version of a key's session in the latest answer; null for none.</summary>
    public long? VersionOf(NamedKey key) => _versions.TryGetValue(key, out var version) ? version : null;

    /// <summary>A session that is about to end, when that is known and still to come.</summary>
    public KnownSession? NextToEnd(DateTimeOffset now) => _sessions.Where(known => known.EndsAt > now).MinBy(known => known.EndsAt);

    /// <summary>Keeps the session of a key that a call answered with.</summary>
    public void Learn(Call call, LiveSession? live)
    {
        var key = call.Named!;
        Learn(call, live, issued: null, key.Service);
        if (live is not null)
        {
            _versions[key] = live.DataVersion;
        }
    }

    /// <summary>Keeps a session that a call answered with, and its token.</summary>
    public void Learn(Call call, LiveSession? live, IssuedToken? issued, string mark)
    {
        if (live is null)
        {
            return;
        }

        var known = _sessions.Find(session => session.Locator == live.Id.Locator);
        if (known is null)
        {
            known = new KnownSession(live.Id.Locator, mark);
            _sessions.Add(known);
        }

        known.EndsAt = live.IdleExpiresAt;

        if (issued?.Reveal() is { } text && known.Tokens.TrueForAll(token => token.Text != text))
        {
            if (SessionToken.Read(text, InstanceFactory.Keys, out var read) is not TokenVerdict.Genuine)
            {
                throw new InvalidOperationException("The core issued a token that it does not take for its own.");
            }

            known.Tokens.Add(new HeldToken(++_tokens, text, read, call));
        }
    }
}
