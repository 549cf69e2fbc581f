using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SessionCore.Protection;

/// <summary>
/// Bounded cache of tokens verified under one key of the ring. Verifying a token again takes one hash instead of three.
/// </summary>
/// <remarks>
/// Of the secret it keeps only the SHA-256, which the store has as well. A new token replaces the one in its slot. An entry says
/// nothing about the session, which may have ended or been rotated since.
/// </remarks>
internal sealed class KnownTokens
{
    /// <summary>Length of a token without its secret: the authenticated bytes and the tag.</summary>
    public const int SealedBytes = 52;

    private const int Slots = 16 * 1024;

    private readonly Token?[] _slots = new Token?[Slots];

    /// <summary>Finds a verified token; null when it is not in the cache.</summary>
    /// <param name="sealedPart"><see cref="SealedBytes"/> bytes of the presented token.</param>
    public Token? Find(ReadOnlySpan<byte> sealedPart)
    {
        var known = Volatile.Read(ref SlotOf(sealedPart));
        return known is not null && known.IsOf(sealedPart) ? known : null;
    }

    /// <summary>Adds a verified token.</summary>
    /// <param name="sealedPart"><see cref="SealedBytes"/> bytes of the token.</param>
    /// <param name="partition">The first half of the token's locator.</param>
    /// <param name="id">The second half of the token's locator.</param>
    /// <param name="secretHash">SHA-256 of the secret.</param>
    public void Keep(ReadOnlySpan<byte> sealedPart, UInt128 partition, UInt128 id, in Digest secretHash) =>
        Volatile.Write(ref SlotOf(sealedPart), new Token(sealedPart, partition, id, secretHash));

    // The tags of genuine tokens are uniformly distributed. Forged tokens are looked up but never added.
    private ref Token? SlotOf(ReadOnlySpan<byte> sealedPart) => ref _slots[((sealedPart[^1] << 8) | sealedPart[^2]) & (Slots - 1)];

    internal sealed class Token
    {
#pragma warning disable S3459 // filled in place by the constructor
        private readonly SealedPart _sealedPart;
#pragma warning restore S3459

        public Token(ReadOnlySpan<byte> sealedPart, UInt128 partition, UInt128 id, in Digest secretHash)
        {
            sealedPart.CopyTo(_sealedPart);
            Partition = partition;
            Id = id;
            SecretHash = secretHash;
        }

        public UInt128 Partition { get; }

        public UInt128 Id { get; }

        public Digest SecretHash { get; }

        public bool IsOf(ReadOnlySpan<byte> sealedPart) => CryptographicOperations.FixedTimeEquals(_sealedPart, sealedPart);
    }

    // Inline in the object, which saves a memory access per look-up.
    [InlineArray(SealedBytes)]
    private struct SealedPart
    {
#pragma warning disable S1144 // the compiler repeats this field
        private byte _first;
#pragma warning restore S1144
    }
}
