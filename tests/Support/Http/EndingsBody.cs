using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Support.Http;

/// <summary>A body of the feed of endings in its compact form, as the contract tells it (docs/http-api.md).</summary>
public sealed record EndingsBody
{
    public string Cursor { get; init; } = "cursor-1";

    public bool More { get; init; }

    public TimeSpan Held { get; init; }

    public TimeSpan Age { get; init; }

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan Keep { get; init; } = TimeSpan.FromSeconds(277);

    public DateTimeOffset CompleteAsOf { get; init; }

    public DateTimeOffset? RevokedBefore { get; init; }

    public DateTimeOffset HeldSince { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Gets the sids that ended, and how long ago.</summary>
    public IReadOnlyList<(string Sid, TimeSpan EndedAgo)> Endings { get; init; } = [];

    public byte[] ToBytes()
    {
        var cursor = Encoding.ASCII.GetBytes(Cursor);
        var bytes = new byte[52 + cursor.Length + (Endings.Count * 20)];
        "SEN1"u8.CopyTo(bytes);
        bytes[4] = (byte)((More ? 1 : 0) | (RevokedBefore is null ? 0 : 2));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)cursor.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), (uint)Held.TotalMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), (uint)Age.TotalMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), (uint)Lifetime.TotalSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), (uint)Keep.TotalSeconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), CompleteAsOf.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(32), RevokedBefore?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(40), HeldSince.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(48), (uint)Endings.Count);
        cursor.CopyTo(bytes.AsSpan(52));
        var entry = bytes.AsSpan(52 + cursor.Length);
        foreach (var (sid, endedAgo) in Endings)
        {
            SHA256.HashData(Encoding.ASCII.GetBytes(sid)).AsSpan(0, 16).CopyTo(entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[16..], (uint)endedAgo.TotalMilliseconds);
            entry = entry[20..];
        }

        return bytes;
    }
}
