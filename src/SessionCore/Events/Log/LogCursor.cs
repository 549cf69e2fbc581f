using System.Buffers.Binary;
using System.Buffers.Text;
using SessionCore.Protection;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Codec of cursors: for each lane the log and the number of the next event. A tag binds a cursor to its deployment.</summary>
/// <remarks>Bytes: version, for each lane the first 8 bytes of the log's id and the number (8, big endian), then the tag.</remarks>
internal sealed class LogCursor(RowTags tags, DeploymentKeys keys, SessionTables tables)
{
    /// <summary>The most characters of a cursor.</summary>
    public const int MaxCharacters = 200;

    private const byte Version = 1;
    private const int LaneBytes = 16;
    private const int BodyBytes = 1 + (EventNotice.Lanes * LaneBytes);
    private const int TagBytes = 20;

    /// <summary>Returns the cursor of positions.</summary>
    public string Write(IReadOnlyList<LogPosition> positions)
    {
        var bytes = new byte[BodyBytes + TagBytes];
        bytes[0] = Version;
        for (var lane = 0; lane < EventNotice.Lanes; lane++)
        {
            var at = bytes.AsSpan(1 + (lane * LaneBytes), LaneBytes);
            BinaryPrimitives.WriteUInt64BigEndian(at, positions[lane].Log);
            BinaryPrimitives.WriteInt64BigEndian(at[8..], positions[lane].Number);
        }

        tags.Make(FactsOf(bytes.AsSpan(0, BodyBytes))).CopyTo(bytes, BodyBytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor.</summary>
    /// <returns>The positions, or what is wrong with it.</returns>
    /// <exception cref="StoreUnavailableException">It is not certain whether the cursor is of this deployment.</exception>
    public async ValueTask<(LogPosition[]? Positions, EventLogOutcome Outcome)> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = new byte[BodyBytes + TagBytes];
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !StrictBase64Url.TryDecode(text, bytes)
            || bytes[0] != Version)
        {
            return (null, EventLogOutcome.CursorMalformed);
        }

        switch (tags.Check(FactsOf(bytes.AsSpan(0, BodyBytes)), bytes[BodyBytes..], out var unknownKey))
        {
            case Opening.Opened:
                return ([.. Enumerable.Range(0, EventNotice.Lanes).Select(lane => PositionOf(bytes.AsSpan(1 + (lane * LaneBytes), LaneBytes)))], EventLogOutcome.Read);
            case Opening.KeyUnknown when await keys.IsDeployedAsync(unknownKey, cancellationToken):
                throw new StoreUnavailableException("The cursor is protected by a newer key that this instance does not have. Add the key to Keys:Ring of every instance.");
            default:
                return (null, EventLogOutcome.CursorForeign);
        }
    }

    private static LogPosition PositionOf(ReadOnlySpan<byte> lane) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(lane), BinaryPrimitives.ReadInt64BigEndian(lane[8..]));

    private RowFacts FactsOf(ReadOnlySpan<byte> body) => new RowFacts("event-cursor", tables.Name, "").Put(body);
}

/// <summary>Position in the log of a lane.</summary>
/// <param name="Log">The first 8 bytes of the log's id.</param>
/// <param name="Number">The number of the next event.</param>
internal readonly record struct LogPosition(ulong Log, long Number)
{
    /// <summary>Returns the position before a number of a log.</summary>
    public static LogPosition Of(EventLogHead head, long number) =>
        new(Convert.ToUInt64(head.Log[..16], 16), number);

    /// <summary>Whether the log still has everything from here on.</summary>
    public bool IsHeldBy(EventLogHead head) => this == Of(head, Number) && Number >= head.First && Number <= head.Next;
}
