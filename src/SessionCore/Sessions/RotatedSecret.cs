using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>
/// Secret of a token that its user obtained by rotation. It is derived from a stored salt and the master key, so a repeated rotation
/// (two tabs, a lost answer) returns the same token.
/// </summary>
internal static class RotatedSecret
{
    private const int KeyIdBytes = 4;
    private const int SaltBytes = 16;

    /// <summary>Returns a new derivation under the active key: key id (4, big endian) and random salt (16).</summary>
    public static byte[] NewDerivation(KeyRing keys)
    {
        var derivation = new byte[KeyIdBytes + SaltBytes];
        BinaryPrimitives.WriteUInt32BigEndian(derivation, keys.Active.Id);
        RandomNumberGenerator.Fill(derivation.AsSpan(KeyIdBytes));
        return derivation;
    }

    /// <summary>Returns the secret and the key of its token; null when the ring lacks the key.</summary>
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
