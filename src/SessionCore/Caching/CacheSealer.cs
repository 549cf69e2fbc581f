using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Caching;

/// <summary>Authenticated encryption of cache values: a writer to Redis can neither read, forge nor move one.</summary>
/// <remarks>
/// Format after the value's header: key id (4, big endian), salt (16), nonce (12), tag (16), ciphertext (AES-256-GCM). The key is
/// derived from the ring, the salt and the deployment's name, so values of another deployment with the same ring do not open. Each
/// process has a random salt, so a hit needs no derivation and the number of random nonces per key stays far below the limit of SP
/// 800-38D. The associated data is the header and the name of the cache key.
/// </remarks>
internal sealed class CacheSealer(KeyRing keys, SessionTables tables, IOptions<CacheOptions> options)
{
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SaltAt = 4;
    private const int NonceAt = SaltAt + SaltBytes;
    private const int TagAt = NonceAt + NonceBytes;
    private const int CipherAt = TagAt + TagBytes;

    // More than the processes that write at one time. Beyond it a key is derived for each value, which is only slower.
    private const int MaxDerivedKeys = 256;

    private readonly byte[] _purpose = PurposeOf(tables.Name, options.Value.KeyPrefix);
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(SaltBytes);
    private readonly ConcurrentDictionary<(uint KeyId, UInt128 Salt), ObjectPool<AesGcm>> _derived = new();

    /// <summary>Returns the prefix that identifies a value in a conditional replacement: it includes header, nonce and tag.</summary>
    public static byte[] StampOf(byte[] value, int headerLength) => value.AsSpan(0, Math.Min(value.Length, headerLength + CipherAt)).ToArray();

    /// <summary>Encrypts a body after a header, which stays readable and is authenticated.</summary>
    public byte[] Seal(string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var value = new byte[header.Length + CipherAt + body.Length];
        header.CopyTo(value);
        var envelope = value.AsSpan(header.Length);
        var key = keys.Active;
        BinaryPrimitives.WriteUInt32BigEndian(envelope, key.Id);
        _salt.CopyTo(envelope[SaltAt..]);
        RandomNumberGenerator.Fill(envelope.Slice(NonceAt, NonceBytes));
        Span<byte> associated = stackalloc byte[AssociatedLength(header.Length, name)];
        WriteAssociated(associated, header, name);
        var ciphers = CiphersOf(key, _salt, out var isKnown);
        Remember(key.Id, _salt, ciphers, isKnown);
        var aes = ciphers.Get();
        aes.Encrypt(envelope.Slice(NonceAt, NonceBytes), body, envelope[CipherAt..], envelope.Slice(TagAt, TagBytes), associated);
        ciphers.Return(aes);
        return value;
    }

    /// <summary>Decrypts a value in place: the plaintext overwrites the ciphertext.</summary>
    /// <param name="name">The cache key's name.</param>
    /// <param name="value">The value; overwritten when the method returns <see cref="Opening.Opened"/>.</param>
    /// <param name="headerLength">The bytes before the envelope.</param>
    /// <param name="body">The body, a part of <paramref name="value"/>, when the method returns <see cref="Opening.Opened"/>.</param>
    public Opening OpenInPlace(string name, byte[] value, int headerLength, out Memory<byte> body)
    {
        body = default;
        if (value.Length < headerLength + CipherAt)
        {
            return Opening.Refused;
        }

        var envelope = value.AsSpan(headerLength);
        var keyId = BinaryPrimitives.ReadUInt32BigEndian(envelope);
        if (!keys.TryGet(keyId, out var key))
        {
            return keys.IsAwaited(keyId) ? Opening.KeyUnknown : Opening.Refused;
        }

        var salt = envelope.Slice(SaltAt, SaltBytes);
        Span<byte> associated = stackalloc byte[AssociatedLength(headerLength, name)];
        WriteAssociated(associated, value.AsSpan(0, headerLength), name);
        var ciphers = CiphersOf(key, salt, out var isKnown);
        var aes = ciphers.Get();
        var cipher = envelope[CipherAt..];
        try
        {
            aes.Decrypt(envelope.Slice(NonceAt, NonceBytes), cipher, envelope.Slice(TagAt, TagBytes), cipher, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            aes.Dispose();
            return Opening.Refused;
        }

        ciphers.Return(aes);

        // Only salts of genuine values are kept, so forged values cannot fill the memory.
        Remember(key.Id, salt, ciphers, isKnown);
        body = value.AsMemory(headerLength + CipherAt);
        return Opening.Opened;
    }

    private ObjectPool<AesGcm> CiphersOf(RingKey key, ReadOnlySpan<byte> salt, out bool isKnown)
    {
        isKnown = _derived.TryGetValue(NameOf(key.Id, salt), out var known);
        return known ?? new DefaultObjectPool<AesGcm>(new Ciphers(key.Derive(salt, _purpose, 32)));
    }

    private void Remember(uint keyId, ReadOnlySpan<byte> salt, ObjectPool<AesGcm> ciphers, bool isKnown)
    {
        if (!isKnown && _derived.Count < MaxDerivedKeys)
        {
            _derived.TryAdd(NameOf(keyId, salt), ciphers);
        }
    }

    private static (uint KeyId, UInt128 Salt) NameOf(uint keyId, ReadOnlySpan<byte> salt) => (keyId, BinaryPrimitives.ReadUInt128BigEndian(salt));

    // Length-prefixed parts, so that no two deployments have the same text.
    private static byte[] PurposeOf(string tables, string prefix) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cache/v2 {tables.Length}:{tables} {prefix.Length}:{prefix}"));

    private static int AssociatedLength(int headerLength, string name) => headerLength + Encoding.UTF8.GetByteCount(name);

    private static void WriteAssociated(Span<byte> target, ReadOnlySpan<byte> header, string name)
    {
        header.CopyTo(target);
        Encoding.UTF8.GetBytes(name, target[header.Length..]);
    }

    // AesGcm is not thread-safe on Linux, and creating one takes as long as decrypting a value.
    private sealed class Ciphers(byte[] key) : PooledObjectPolicy<AesGcm>
    {
        public override AesGcm Create() => new(key, TagBytes);

        public override bool Return(AesGcm obj) => true;
    }
}
