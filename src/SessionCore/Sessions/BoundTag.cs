using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>MAC over a session's id for a purpose, such as an anti-forgery token. It does not authenticate its holder.</summary>
/// <remarks>Bytes: number of the ring's key (4, big endian), HMAC-SHA256 over the session's locator under a key derived for the purpose.</remarks>
public static class BoundTag
{
    /// <summary>The length of the text form.</summary>
    public const int TextLength = 48;

    private const int KeyIdBytes = 4;
    private const int TagBytes = KeyIdBytes + HMACSHA256.HashSizeInBytes;

    /// <summary>Returns the text, under the active key.</summary>
    /// <param name="keys">The ring.</param>
    /// <param name="purpose">The purpose, which separates the keys.</param>
    /// <param name="id">The session.</param>
    public static string Make(KeyRing keys, ReadOnlySpan<byte> purpose, SessionId id)
    {
        Span<byte> tag = stackalloc byte[TagBytes];
        Compute(keys.Active, purpose, id, tag);
        return Base64Url.EncodeToString(tag);
    }

    /// <summary>Whether a text is valid for this session and purpose, under any key of the ring.</summary>
    public static bool IsRight(KeyRing keys, ReadOnlySpan<byte> purpose, SessionId id, ReadOnlySpan<char> text)
    {
        Span<byte> presented = stackalloc byte[TagBytes];
        if (!StrictBase64Url.TryDecode(text, presented)
            || !keys.TryGet(BinaryPrimitives.ReadUInt32BigEndian(presented), out var key))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[TagBytes];
        Compute(key, purpose, id, expected);
        return CryptographicOperations.FixedTimeEquals(presented, expected);
    }

    private static void Compute(RingKey key, ReadOnlySpan<byte> purpose, SessionId id, Span<byte> tag)
    {
        Span<byte> derived = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.Derive(salt: [], purpose, derived);
        Span<byte> locator = stackalloc byte[SessionLocator.ByteLength];
        id.Locator.Write(locator);
        BinaryPrimitives.WriteUInt32BigEndian(tag, key.Id);
        HMACSHA256.HashData(derived, locator, tag[KeyIdBytes..]);
        CryptographicOperations.ZeroMemory(derived);
    }
}
