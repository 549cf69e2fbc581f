using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SessionCore.Protection;

/// <summary>Bounded cache of the tokens verified under one key of the ring. A token presented again costs one hash instead of three.</summary>
/// <remarks>
/// Of the secret only its SHA-256 is kept, which the store holds as well. A token whose slot is taken replaces the former one. An entry
/// says nothing about the session, which may have ended or have another token by now.
/// </remarks>
internal sealed class KnownTokens
{
    /// <summary>The bytes of a token without its secret: what the tag authenticates, and the tag at the end.</summary>
    public const int SealedBytes = 52;

    private const int Slots = 16 * 1024;

    private readonly Token?[] _slots = new Token?[Slots];

    /// <summary>Finds a verified token; null when it is not known.</summary>
    /// <param name="sealedPart"><see cref="SealedBytes"/> bytes of the presented token.</param>
    public Token? Find(ReadOnlySpan<byte> sealedPart)
    {
        var known = Volatile.Read(ref SlotOf(sealedPart));
        return known is not null && known.IsOf(sealedPart) ? known : null;
    }

    /// <summary>Keeps a verified token.</summary>
    /// <param name="sealedPart"><see cref="SealedBytes"/> bytes of the token.</param>
    /// <param name="partition">The first half of the subject that the token was issued for.</param>
    /// <param name="id">The second half.</param>
    /// <param name="secretHash">SHA-256 of the secret.</param>
    public void Keep(ReadOnlySpan<byte> sealedPart, UInt128 partition, UInt128 id, in Digest secretHash) =>
        Volatile.Write(ref SlotOf(sealedPart), new Token(sealedPart, partition, id, secretHash));

    // The tag of a genuine token is evenly distributed. Forged tokens are only looked up, never kept.
    private ref Token? SlotOf(ReadOnlySpan<byte> sealedPart) => ref _slots[((sealedPart[^1] << 8) | sealedPart[^2]) & (Slots - 1)];

    internal sealed class Token
    {
#pragma warning disable S3459 // the constructor fills it in place
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

    // Inline in the object, which saves one memory access for each look-up.
    [InlineArray(SealedBytes)]
    private struct SealedPart
    {
#pragma warning disable S1144 // the compiler repeats the one field
        private byte _first;
#pragma warning restore S1144
    }
}
