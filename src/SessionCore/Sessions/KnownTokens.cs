using System.Runtime.CompilerServices;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Tokens of one key of the ring that this process has verified, so that one presented again costs a hash instead of three.</summary>
/// <remarks>
/// Nothing of a secret is kept but its SHA-256, which the store holds as well. Bounded by its slots: a token that falls on a taken slot
/// takes it. It says nothing about the session, which may have ended or been given another token.
/// </remarks>
internal sealed class KnownTokens
{
    private const int Slots = 16 * 1024;

    private readonly Token?[] _slots = new Token?[Slots];

    /// <summary>Looks for a token.</summary>
    /// <param name="sealedPart">All of its bytes but the secret's: what the tag is for, and the tag at the end.</param>
    public Token? Find(ReadOnlySpan<byte> sealedPart)
    {
        var known = Volatile.Read(ref SlotOf(sealedPart));
        return known is not null && known.IsOf(sealedPart) ? known : null;
    }

    /// <summary>Keeps a token that is genuine.</summary>
    public void Keep(ReadOnlySpan<byte> sealedPart, SessionLocator locator, in Digest secretHash) =>
        Volatile.Write(ref SlotOf(sealedPart), new Token(sealedPart, locator, secretHash));

    // The tag of a genuine token is evenly distributed; what somebody else makes up is only looked for.
    private ref Token? SlotOf(ReadOnlySpan<byte> sealedPart) => ref _slots[((sealedPart[^1] << 8) | sealedPart[^2]) & (Slots - 1)];

    internal sealed class Token
    {
#pragma warning disable S3459 // the constructor fills it in place
        private readonly Shown _shown;
#pragma warning restore S3459

        public Token(ReadOnlySpan<byte> sealedPart, SessionLocator locator, in Digest secretHash)
        {
            sealedPart.CopyTo(_shown);
            Locator = locator;
            SecretHash = secretHash;
        }

        public SessionLocator Locator { get; }

        public Digest SecretHash { get; }

        public bool IsOf(ReadOnlySpan<byte> sealedPart) => FixedTime.AreEqual(_shown, sealedPart);
    }

    // In the object itself: one look at memory less.
    [InlineArray(SessionToken.SealedBytes)]
    private struct Shown
    {
#pragma warning disable S1144 // what the compiler repeats
        private byte _first;
#pragma warning restore S1144
    }
}
