using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;
using SessionCore.Sessions;

namespace SessionCore.Storage;

/// <summary>Encryption of the body of a session's row.</summary>
/// <remarks>
/// Envelope: version 0x01, algorithm 0x01 (HKDF-SHA256, AES-256-GCM), key id (4, big endian), salt (16), nonce (12), tag (16),
/// ciphertext. The key is derived per envelope, so random nonces never reach the limit of SP 800-38D. The associated data is the header
/// and, length-prefixed, everything that a writer to the store must not change: keys, user, created, absolute end, assurance and the
/// token hashes (a planted hash would be a planted token).
/// </remarks>
internal sealed class BodyProtector(KeyRing keys)
{
    private const byte Version = 1;
    private const byte Algorithm = 1;
    private const int SaltAt = 6;
    private const int NonceAt = SaltAt + 16;
    private const int TagAt = NonceAt + 12;
    private const int CipherAt = TagAt + 16;
    private const int StampBytes = 16;

    /// <summary>
    /// Returns the digest that identifies an encrypted body: over its header with salt, nonce and tag. Null for a body of another
    /// format.
    /// </summary>
    public static byte[]? StampOf(byte[]? sealedBody) =>
        sealedBody is { Length: >= CipherAt } ? SHA256.HashData(sealedBody.AsSpan(0, CipherAt))[..StampBytes] : null;

    public byte[] Seal(Session session, SessionBody body)
    {
        var plain = body.ToBytes();
        var envelope = new byte[CipherAt + plain.Length];
        envelope[0] = Version;
        envelope[1] = Algorithm;
        var key = keys.Active;
        BinaryPrimitives.WriteUInt32BigEndian(envelope.AsSpan(2), key.Id);
        RandomNumberGenerator.Fill(envelope.AsSpan(SaltAt, TagAt - SaltAt));

        // AesGcm is not thread-safe on Linux, so each call has an instance of its own.
        using var aes = CipherOf(key, envelope);
        aes.Encrypt(
            envelope.AsSpan(NonceAt, 12), plain, envelope.AsSpan(CipherAt), envelope.AsSpan(TagAt, 16), AssociatedData(envelope, session));
        return envelope;
    }

    /// <summary>Decrypts the body of a row.</summary>
    /// <param name="session">The session as read, whose members are the associated data.</param>
    /// <param name="body">The body, when the method returns <see cref="Opening.Opened"/>.</param>
    public Opening TryOpen(Session session, out SessionBody? body)
    {
        body = null;
        if (session.SealedBody is not { Length: >= CipherAt } envelope || envelope[0] != Version || envelope[1] != Algorithm)
        {
            return Opening.Refused;
        }

        var keyId = BinaryPrimitives.ReadUInt32BigEndian(envelope.AsSpan(2));
        if (!keys.TryGet(keyId, out var key))
        {
            return keys.IsNewer(keyId) ? Opening.KeyUnknown : Opening.Refused;
        }

        var plain = new byte[envelope.Length - CipherAt];
        using var aes = CipherOf(key, envelope);
        try
        {
            aes.Decrypt(
                envelope.AsSpan(NonceAt, 12), envelope.AsSpan(CipherAt), envelope.AsSpan(TagAt, 16), plain, AssociatedData(envelope, session));
        }
        catch (AuthenticationTagMismatchException)
        {
            return Opening.Refused;
        }

        body = SessionBody.Read(plain);
        return body is null ? Opening.Refused : Opening.Opened;
    }

    private static AesGcm CipherOf(RingKey key, ReadOnlySpan<byte> envelope)
    {
        Span<byte> derived = stackalloc byte[32];
        key.Derive(envelope[SaltAt..NonceAt], "row/body/v1"u8, derived);
        var aes = new AesGcm(derived, tagSizeInBytes: 16);
        CryptographicOperations.ZeroMemory(derived);
        return aes;
    }

    private static byte[] AssociatedData(ReadOnlySpan<byte> envelope, Session session)
    {
        var user = session.UserId is null ? null : Encoding.UTF8.GetBytes(session.UserId);
        var bytes = new byte[TagAt + 4 + 8 + (7 * sizeof(int)) + SessionLocator.ByteLength + (user?.Length ?? 0) + (3 * sizeof(long)) + Digest.ByteLength + sizeof(int) + session.Secret.Previous.Bytes.Length + 1];
        var rest = bytes.AsSpan();
        envelope[..TagAt].CopyTo(rest);
        rest = rest[TagAt..];

        Span<byte> part = stackalloc byte[Digest.ByteLength];
        rest = Put(rest, "sessions"u8);
        session.Locator.Write(part);
        rest = Put(rest, part[..SessionLocator.ByteLength]);

        // "No user" has a length that no user id has, so that null and "" differ.
        BinaryPrimitives.WriteInt32LittleEndian(rest, user?.Length ?? -1);
        user?.CopyTo(rest[sizeof(int)..]);
        rest = rest[(sizeof(int) + (user?.Length ?? 0))..];

        BinaryPrimitives.WriteInt64LittleEndian(part, session.CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(part[8..], session.AbsoluteExpiresAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(part[16..], session.Secret.RotatedAt?.ToUnixTimeMilliseconds() ?? 0);
        rest = Put(rest, part[..24]);
        session.Secret.Current.Write(part);
        rest = Put(rest, part[..Digest.ByteLength]);
        rest = Put(rest, session.Secret.Previous.Bytes);
        part[0] = (byte)session.AssuranceLevel;
        rest = Put(rest, part[..1]);
        return bytes[..^rest.Length];
    }

    private static Span<byte> Put(Span<byte> target, scoped ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, part.Length);
        part.CopyTo(target[sizeof(int)..]);
        return target[(sizeof(int) + part.Length)..];
    }
}
