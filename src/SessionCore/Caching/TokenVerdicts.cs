using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>
/// Recent verdicts of this process on tokens, by the digest of their secret. A refused token presented again costs no read of any
/// store. The number of slots is fixed; a new token replaces the one in its slot.
/// </summary>
/// <remarks>
/// Refusals are kept only when final: the session has ended, or the token was rotated away and its grace is over. "Unknown" is not
/// final, because the row of a session may be written late. An earlier acceptance says nothing about the current state.
/// </remarks>
internal sealed class TokenVerdicts(TimeProvider timeProvider)
{
    private const int Slots = 4096;

    // The default of RateLimit:FailureWindow: a client that repeats a bad token costs one read per window.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    // Only a write that began before its end can prolong a lapsed session, and no write takes this long.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(2);

    private readonly Refusal?[] _refused = new Refusal?[Slots];
    private readonly long[] _accepted = new long[Slots];

    /// <summary>Whether an ended session can never become live again.</summary>
    public bool IsFinal(EndedSession session) =>
        session.IsWritten || session.Reason == EndReasons.RevokedBefore || timeProvider.GetUtcNow() - session.EndedAt > LongestWrite;

    /// <summary>Adds a final refusal.</summary>
    /// <param name="token">The token.</param>
    /// <param name="ended">What its holder may know of the ended session; null for nothing.</param>
    /// <param name="reuse">What the policy says about it, when it was rotated away; else null.</param>
    public void Refuse(in SessionToken token, EndedSession? ended, ReusePolicy? reuse) => Volatile.Write(
        ref _refused[token.SecretHash.SlotOf(Slots)], new Refusal(token, ended, reuse, timeProvider.GetUtcNow() + Lifetime));

    /// <summary>Finds a final refusal of a token; null when there is none.</summary>
    public Refusal? Find(in SessionToken token) =>
        Volatile.Read(ref _refused[token.SecretHash.SlotOf(Slots)]) is { } refusal
        && refusal.Token.Locator == token.Locator
        && refusal.Token.SecretHash.Matches(token.SecretHash)
        && timeProvider.GetUtcNow() < refusal.Until
            ? refusal
            : null;

    /// <summary>Records that no instance accepts the ended session of a refused token any more.</summary>
    public void Confirm(in SessionToken token)
    {
        if (Find(token) is { } refusal)
        {
            Volatile.Write(ref _refused[token.SecretHash.SlotOf(Slots)], refusal with { IsConfirmed = true });
        }
    }

    /// <summary>Records that a token was accepted.</summary>
    public void Accept(in SessionToken token)
    {
        ref var slot = ref _accepted[token.SecretHash.SlotOf(Slots)];
        var print = token.SecretHash.Fingerprint;
        if (Volatile.Read(ref slot) != print)
        {
            Volatile.Write(ref slot, print);
        }
    }

    /// <summary>Removes the record that a token was accepted.</summary>
    public void Forget(in SessionToken token) => Interlocked.CompareExchange(
        ref _accepted[token.SecretHash.SlotOf(Slots)], 0, token.SecretHash.Fingerprint);

    /// <summary>Whether this process accepted the token at its last validation.</summary>
    public bool WasAccepted(in SessionToken token) =>
        Volatile.Read(ref _accepted[token.SecretHash.SlotOf(Slots)]) == token.SecretHash.Fingerprint;
}

/// <summary>Final refusal of a token.</summary>
/// <param name="Token">The token.</param>
/// <param name="Ended">What its holder may know of the ended session; null for nothing.</param>
/// <param name="Reuse">What the policy says about it, when it was rotated away; else null.</param>
/// <param name="Until">When it is forgotten.</param>
/// <param name="IsConfirmed">Whether no instance accepts the ended session any more.</param>
internal sealed record Refusal(SessionToken Token, EndedSession? Ended, ReusePolicy? Reuse, DateTimeOffset Until, bool IsConfirmed = false);
