using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SessionApi.Http;
using SessionCore.Events.Log;

namespace SessionApi.Passports;

/// <summary>Body of the feed of endings, in JSON and in a compact form for back ends that follow many.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Held">The time from the arrival of the request to the reading.</param>
/// <param name="Lifetime">The longest life of a passport.</param>
/// <param name="Keep">How long back ends keep an ending.</param>
internal sealed record EndingsBody(EndingReading Reading, TimeSpan Held, TimeSpan Lifetime, TimeSpan Keep)
{
    /// <summary>The media type of the compact form.</summary>
    public const string CompactType = "application/vnd.session-endings";

    private const int HashBytes = 16;
    private const int EntryBytes = HashBytes + sizeof(uint);
    private const int HeaderBytes = 52;
    private const byte MoreFlag = 1;
    private const byte InstantFlag = 2;

    private TimeSpan Age => Reading.Log.CompleteAsOf is { } complete && Reading.Log.ReadAt > complete ? Reading.Log.ReadAt - complete : TimeSpan.Zero;

    /// <summary>Appends it in JSON.</summary>
    public void AppendJson(AnswerBuffer output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("cursor"u8, Reading.Log.Cursor);
        json.WriteBoolean("more"u8, Reading.Log.HasMore);
        if (Reading.Log.CompleteAsOf is { } complete)
        {
            json.WriteString("completeAsOf"u8, complete.UtcDateTime);
        }

        json.WriteNumber("heldMilliseconds"u8, HeldMilliseconds);
        json.WriteNumber("ageMilliseconds"u8, AgeMilliseconds);
        json.WriteNumber("lifetimeSeconds"u8, (long)Lifetime.TotalSeconds);
        json.WriteNumber("keepSeconds"u8, (long)Keep.TotalSeconds);
        json.WriteString("heldSince"u8, Reading.Log.HeldSince.UtcDateTime);
        if (Reading.RevokedBefore is { } instant)
        {
            json.WriteString("revokedBefore"u8, instant.UtcDateTime);
        }

        json.WriteStartArray("endings"u8);
        Span<byte> hash = stackalloc byte[HashBytes];
        foreach (var ending in Reading.Endings)
        {
            BinaryPrimitives.WriteUInt128BigEndian(hash, ending.Hash);
            json.WriteStartObject();
            json.WriteString("hash"u8, Base64Url.EncodeToString(hash));
            json.WriteString("endedAt"u8, ending.EndedAt.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Appends it in the compact form, big endian.</summary>
    /// <remarks>
    /// <c>SEN1</c>, flags (1), zero (1), length of the cursor (2), milliseconds held and of age (4 each), seconds of life and to keep (4
    /// each), complete as of, revoked before and held since (8 each, Unix milliseconds), number of endings (4), the cursor in ASCII; then
    /// for each ending its hash (16) and the milliseconds from its end to the reading (4).
    /// </remarks>
    public void AppendCompact(AnswerBuffer output)
    {
        var header = output.GetSpan(HeaderBytes)[..HeaderBytes];
        "SEN1"u8.CopyTo(header);
        header[4] = (byte)((Reading.Log.HasMore ? MoreFlag : 0) | (Reading.RevokedBefore is null ? 0 : InstantFlag));
        header[5] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)Reading.Log.Cursor.Length);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], HeldMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], AgeMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], (uint)Lifetime.TotalSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(header[20..], (uint)Keep.TotalSeconds);
        BinaryPrimitives.WriteInt64BigEndian(header[24..], Reading.Log.CompleteAsOf?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(header[32..], Reading.RevokedBefore?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(header[40..], Reading.Log.HeldSince.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32BigEndian(header[48..], (uint)Reading.Endings.Count);
        output.Advance(HeaderBytes);
        output.Append(Encoding.ASCII.GetBytes(Reading.Log.Cursor));
        foreach (var ending in Reading.Endings)
        {
            var entry = output.GetSpan(EntryBytes);
            BinaryPrimitives.WriteUInt128BigEndian(entry, ending.Hash);
            BinaryPrimitives.WriteUInt32BigEndian(entry[HashBytes..], Floor(Reading.Log.ReadAt - ending.EndedAt));
            output.Advance(EntryBytes);
        }
    }

    // Rounded so that the knowledge never looks newer than it is.
    private uint HeldMilliseconds => Floor(Held);

    private uint AgeMilliseconds => Floor(Age + TimeSpan.FromMilliseconds(1));

    private static uint Floor(TimeSpan time) => (uint)Math.Clamp(time.TotalMilliseconds, 0, uint.MaxValue);
}
