using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>
/// The secret of a token that its own user has rotated to. It is derived from a stored salt and the master key, so that the same
/// rotation asked for again (two tabs, a lost answer) gives the same token and not a second one.
/// </summary>
internal static class RotatedSecret
{
    private const int KeyIdBytes = 4;
    private const int SaltBytes = 16;

    /// <summary>Draws a new derivation under the active key: key id (4, big endian) and salt (16).</summary>
    public static byte[] NewDerivation(KeyRing keys)
    {
        var derivation = new byte[KeyIdBytes + SaltBytes];
        BinaryPrimitives.WriteUInt32BigEndian(derivation, keys.Active.Id);
        RandomNumberGenerator.Fill(derivation.AsSpan(KeyIdBytes));
        return derivation;
    }

    /// <summary>The secret and the key its token is issued under; null when the key is not in the ring.</summary>
    public static (RingKey Key, byte[] Secret)? Derive(KeyRing keys, SessionLocator locator, ReadOnlySpan<byte> derivation)
    {
        if (derivation.Length != KeyIdBytes + SaltBytes
            || !keys.TryGet(BinaryPrimitives.ReadUInt32BigEndian(derivation), out var key))
        {
            return null;
        }

        var purpose = new byte[SessionLocator.ByteLength + 9];
        locator.Write(purpose);
        "rotate/v1"u8.CopyTo(purpose.AsSpan(SessionLocator.ByteLength));
        return (key, key.Derive(derivation[KeyIdBytes..], purpose, SessionToken.SecretBytes));
    }
}
