using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Presented token: locator of its session and hash of its secret.</summary>
/// <remarks>
/// Text: <c>sst_</c>, 112 base64url characters, <see cref="Checksum"/>. Bytes: key id (4, big endian), masked locator (32), random
/// secret (32), tag (16). The mask is HMAC-SHA256 over the secret under a key of the ring, so tokens of one user cannot be linked. The
/// tag is HMAC-SHA256 over everything before it under another key, so forged tokens are refused without a look-up, and a token cannot
/// be changed to another session. The store has only the SHA-256 of the secret.
/// </remarks>
public readonly struct SessionToken
{
    /// <summary>The length of the text form.</summary>
    public const int TextLength = 122;

    /// <summary>Prefix of every session token.</summary>
    public const string Prefix = "sst_";

    internal const int SecretBytes = 32;

    private const int BodyChars = 112;
    private const int BodyBytes = KnownTokens.SealedBytes + SecretBytes;
    private const int TagBytes = 16;
    private const int LocatorAt = 4;
    private const int SecretAt = LocatorAt + SessionLocator.ByteLength;
    private const int TagAt = SecretAt + SecretBytes;

    private SessionToken(SessionLocator locator, in Digest secretHash)
    {
        Locator = locator;
        SecretHash = secretHash;
    }

    private SessionToken(uint unknownKey) => UnknownKey = unknownKey;

    /// <summary>Gets the locator of the session.</summary>
    public SessionLocator Locator { get; }

    internal Digest SecretHash { get; }

    /// <summary>Gets the id of the missing key, for <see cref="TokenVerdict.KeyUnknown"/>.</summary>
    internal uint UnknownKey { get; }

    /// <summary>Reads a token without I/O or allocations.</summary>
    public static TokenVerdict Read(ReadOnlySpan<char> text, KeyRing keys, out SessionToken token)
    {
        token = default;
        Span<byte> body = stackalloc byte[BodyBytes];
        if (text.Length != TextLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Checksum.IsRight(text)
            || !StrictBase64Url.TryDecode(text.Slice(Prefix.Length, BodyChars), body))
        {
            return TokenVerdict.Malformed;
        }

        var keyId = BinaryPrimitives.ReadUInt32BigEndian(body);
        if (!keys.TryGet(keyId, out var key))
        {
            token = new SessionToken(keyId);
            return keys.IsNewer(keyId) ? TokenVerdict.KeyUnknown : TokenVerdict.Forged;
        }

        // Everything but the secret, contiguous.
        Span<byte> sealedPart = stackalloc byte[KnownTokens.SealedBytes];
        body[..SecretAt].CopyTo(sealedPart);
        body[TagAt..].CopyTo(sealedPart[SecretAt..]);
        if (key.KnownTokens.Find(sealedPart) is { } known)
        {
            // The tag also authenticates the secret, so a known tag must have the known secret.
            var isSame = known.SecretHash.Matches(Digest.Of(body[SecretAt..TagAt]));
            token = isSame ? new SessionToken(new SessionLocator(known.Partition, known.Id), known.SecretHash) : default;
            return isSame ? TokenVerdict.Genuine : TokenVerdict.Forged;
        }

        Span<byte> tag = stackalloc byte[TagBytes];
        Tag(key, body, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, body[TagAt..]))
        {
            return TokenVerdict.Forged;
        }

        Mask(key, body);
        token = new SessionToken(SessionLocator.Read(body[LocatorAt..]), Digest.Of(body[SecretAt..TagAt]));
        key.KnownTokens.Keep(sealedPart, token.Locator.Partition, token.Locator.Id, token.SecretHash);
        return TokenVerdict.Genuine;
    }

    internal static IssuedToken Issue(RingKey key, SessionLocator locator, ReadOnlySpan<byte> secret)
    {
        Span<byte> body = stackalloc byte[BodyBytes];
        BinaryPrimitives.WriteUInt32BigEndian(body, key.Id);
        locator.Write(body[LocatorAt..]);
        secret.CopyTo(body[SecretAt..]);
        Mask(key, body);
        Tag(key, body, body[TagAt..]);

        Span<char> text = stackalloc char[TextLength];
        Prefix.CopyTo(text);
        Base64Url.EncodeToChars(body, text[Prefix.Length..]);
        Checksum.Write(text[..^Checksum.Length], text[^Checksum.Length..]);
        CryptographicOperations.ZeroMemory(body);
        return new IssuedToken(text.ToString());
    }

    private static void Tag(RingKey key, ReadOnlySpan<byte> body, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.TokenTag.Compute(body[..TagAt], hash);
        hash[..TagBytes].CopyTo(tag);
    }

    private static void Mask(RingKey key, Span<byte> body)
    {
        Span<byte> stream = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.TokenMask.Compute(body[SecretAt..TagAt], stream);
        for (var i = 0; i < SessionLocator.ByteLength; i++)
        {
            body[LocatorAt + i] ^= stream[i];
        }
    }
}

/// <summary>Verdict on a token by its text and the key ring.</summary>
public enum TokenVerdict
{
    /// <summary>Issued by this service. The row of its session determines whether it is still valid.</summary>
    Genuine,

    /// <summary>Wrong grammar or checksum.</summary>
    Malformed,

    /// <summary>Well-formed, but not issued under a key of the ring.</summary>
    Forged,

    /// <summary>
    /// Under a newer key than this ring has; <c>SessionService.IsUndecidedAsync</c> returns whether the deployment has it.
    /// </summary>
    KeyUnknown,
}
