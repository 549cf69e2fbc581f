using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Name of a keyed session: a client, and the key that it has chosen. Keys of different clients never meet.</summary>
/// <remarks>
/// SHA-256 over a label, the length of the client's name (4, little endian), the name and the key. The first half is the partition of the
/// key's row, the second half its id there.
/// </remarks>
public readonly record struct SessionKey
{
    /// <summary>The length of a key: a SHA-256 value in base64url (RFC 4648 section 5), without padding.</summary>
    public const int TextLength = 43;

    private const int MaxStackBytes = 256;

    private SessionKey(string client, UInt128 partition, UInt128 id)
    {
        Client = client;
        Partition = partition;
        Id = id;
    }

    /// <summary>Gets the name of the client.</summary>
    public string Client { get; }

    internal UInt128 Partition { get; }

    internal UInt128 Id { get; }

    internal Digest Digest => new(Partition, Id);

    /// <summary>Reads a key.</summary>
    /// <returns>False when the text is not a SHA-256 value in its one base64url spelling.</returns>
    public static bool TryParse(string client, [NotNullWhen(true)] string? text, out SessionKey key)
    {
        ArgumentNullException.ThrowIfNull(client);
        key = default;
        Span<byte> value = stackalloc byte[SHA256.HashSizeInBytes];
        if (text is null || !StrictBase64Url.TryDecode(text, value))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash("keyed-session"u8, client, value, hash);
        key = new SessionKey(client, BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        return true;
    }

    /// <summary>The number of a client's keys as a whole, under which the instant stands that ends all of them.</summary>
    internal static UInt128 NamespaceOf(string client)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash("keyed-sessions-of"u8, client, [], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Whether a session is found by this key.</summary>
    internal bool IsOf(Digest? key) => key is { } other && Digest.Matches(other);

    private static void Hash(ReadOnlySpan<byte> label, string client, ReadOnlySpan<byte> value, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetByteCount(client);
        var size = label.Length + sizeof(int) + length + value.Length;
        var bytes = size <= MaxStackBytes ? stackalloc byte[size] : new byte[size];
        label.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[label.Length..], length);
        Encoding.UTF8.GetBytes(client, bytes[(label.Length + sizeof(int))..]);
        value.CopyTo(bytes[(size - value.Length)..]);
        SHA256.HashData(bytes, hash);
    }
}
