using System.Buffers.Binary;
using System.Security.Cryptography;
using SessionCore.Protection;

namespace SessionCore.Storage;

/// <summary>Authentication tags (MACs) of rows. The content of a row is trusted only with a valid tag.</summary>
/// <remarks>
/// Property <see cref="Name"/>: for each key, its id (4, big endian) and HMAC-SHA256 over the facts, truncated to 16 bytes.
/// </remarks>
internal sealed class RowTags(KeyRing keys)
{
    /// <summary>The property of the tag.</summary>
    public const string Name = "tag";

    private const int KeyIdBytes = 4;
    private const int MacBytes = 16;
    private const int TagBytes = KeyIdBytes + MacBytes;

    /// <summary>Returns the tag of a row under the active key.</summary>
    public byte[] Make(RowFacts facts)
    {
        var tag = new byte[TagBytes];
        Write(keys.Active, facts, tag);
        return tag;
    }

    /// <summary>
    /// Returns the tag of a row under each key of the ring, so that instances with an older or newer ring can verify it.
    /// </summary>
    public byte[] MakeForAll(RowFacts facts)
    {
        var tags = new byte[TagBytes * keys.All.Count];
        foreach (var (i, key) in keys.All.OrderBy(key => key.Id).Index())
        {
            Write(key, facts, tags.AsSpan(TagBytes * i, TagBytes));
        }

        return tags;
    }

    /// <summary>Verifies the tag of a row.</summary>
    /// <param name="facts">The content of the row.</param>
    /// <param name="tag">The property as read.</param>
    /// <param name="unknownKey">The id of the tag's newest key, when the method returns <see cref="Opening.KeyUnknown"/>.</param>
    public Opening Check(RowFacts facts, byte[]? tag, out uint unknownKey)
    {
        unknownKey = 0;
        if (tag is null || tag.Length % TagBytes != 0)
        {
            return Opening.Refused;
        }

        Span<byte> expected = stackalloc byte[TagBytes];
        for (var rest = tag.AsSpan(); rest.Length > 0; rest = rest[TagBytes..])
        {
            var id = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (!keys.TryGet(id, out var key))
            {
                unknownKey = keys.IsNewer(id) && id > unknownKey ? id : unknownKey;
                continue;
            }

            Write(key, facts, expected);
            return CryptographicOperations.FixedTimeEquals(expected, rest[..TagBytes]) ? Opening.Opened : Opening.Refused;
        }

        return unknownKey > 0 ? Opening.KeyUnknown : Opening.Refused;
    }

    /// <summary>Whether a tag of <see cref="MakeForAll"/> includes one under the active key.</summary>
    public bool IsUnderActiveKey(byte[] tag)
    {
        for (var rest = tag.AsSpan(); rest.Length >= TagBytes; rest = rest[TagBytes..])
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(rest) == keys.Active.Id)
            {
                return true;
            }
        }

        return false;
    }

    private static void Write(RingKey key, RowFacts facts, Span<byte> tag)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        key.RowTag.Compute(facts.Written, mac);
        BinaryPrimitives.WriteUInt32BigEndian(tag, key.Id);
        mac[..MacBytes].CopyTo(tag[KeyIdBytes..]);
    }
}
