using Microsoft.Extensions.Options;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Matches a genuine token against the hashes of its session.</summary>
internal sealed class TokenMatcher(TimeProvider timeProvider, IOptions<SessionPolicyOptions> policy)
{
    /// <summary>Matches a token against a live session.</summary>
    public TokenMatch Match(in SessionToken token, LiveSession session) =>
        Match(token, session.CurrentSecret, session.PreviousSecrets, session.RotatedAt);

    /// <summary>Matches a token against the hashes in a session's row.</summary>
    public TokenMatch Match(in SessionToken token, SessionSecret secret) =>
        Match(token, secret.Current, secret.Previous.Bytes, secret.RotatedAt ?? DateTimeOffset.UnixEpoch);

    private TokenMatch Match(in SessionToken token, in Digest current, ReadOnlySpan<byte> previous, DateTimeOffset rotatedAt)
    {
        if (current.Matches(token.SecretHash))
        {
            return TokenMatch.Current;
        }

        var now = timeProvider.GetUtcNow();
        if (PreviousSecrets.Find(previous, token.SecretHash) is { } replacedAt)
        {
            return now < replacedAt + policy.Value.RotationGrace ? TokenMatch.InGrace : TokenMatch.Old;
        }

        return now < rotatedAt + policy.Value.RotationGrace ? TokenMatch.JustReplaced : TokenMatch.Old;
    }
}

/// <summary>Relation of a genuine token to its session.</summary>
internal enum TokenMatch
{
    /// <summary>The current token.</summary>
    Current,

    /// <summary>One of the previous tokens, within the grace after its rotation.</summary>
    InGrace,

    /// <summary>A token that was replaced less than the grace ago, but has no grace itself.</summary>
    JustReplaced,

    /// <summary>A token that was replaced longer ago than the grace: it may have been copied.</summary>
    Old,
}
