using Microsoft.Extensions.Options;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>The one rule of which token counts for a session.</summary>
internal sealed class TokenCheck(TimeProvider time, IOptions<SessionPolicyOptions> policy)
{
    /// <summary>Judges a genuine token of a session by the hashes the session keeps.</summary>
    public TokenStanding Judge(in SessionToken token, in Digest current, in Digest previous, DateTimeOffset rotatedAt)
    {
        if (current.Matches(token.SecretHash))
        {
            return TokenStanding.Current;
        }

        var inGrace = time.GetUtcNow() < rotatedAt + policy.Value.RotationGrace;
        if (inGrace)
        {
            return previous.Matches(token.SecretHash) ? TokenStanding.InGrace : TokenStanding.JustReplaced;
        }

        return TokenStanding.Old;
    }

    public TokenStanding Judge(in SessionToken token, LiveSession session) =>
        Judge(token, session.CurrentSecret, session.PreviousSecret, session.RotatedAt);

    public TokenStanding Judge(in SessionToken token, SessionSecret secret) =>
        Judge(token, secret.Current, secret.Previous, secret.RotatedAt ?? DateTimeOffset.UnixEpoch);
}
