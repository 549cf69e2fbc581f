using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>What clients know together: sessions, and the tokens they were given.</summary>
internal sealed class Board
{
    private readonly List<KnownSession> _sessions = [];
    private int _tokens;

    public IReadOnlyList<KnownSession> Sessions => _sessions;

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
