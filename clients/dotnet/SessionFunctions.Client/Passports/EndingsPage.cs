using System.Buffers.Binary;
using System.Text;

namespace SessionFunctions.Client.Passports;

/// <summary>An answer of the feed of endings in its compact form (docs/http-api.md, Endings).</summary>
internal sealed class EndingsPage
{
    public const string MediaType = "application/vnd.session-endings";

    private const int HeaderBytes = 52;
    private const int EntryBytes = SidHash.Bytes + sizeof(uint);
    private const int MaxCursorLength = 1024;
    private const byte HasMore = 1;
    private const byte HasRevokedBefore = 2;

    private readonly ReadOnlyMemory<byte> _entries;

    private EndingsPage(string cursor, ReadOnlyMemory<byte> entries)
    {
        Cursor = cursor;
        _entries = entries;
    }

    public string Cursor { get; }

    /// <summary>Gets a value indicating whether the next page is there already: what is known is complete with the last page only.</summary>
    public bool More { get; private init; }

    /// <summary>Gets the time from the arrival of the request to the reading of the log.</summary>
    public TimeSpan Held { get; private init; }

    /// <summary>Gets the time from <see cref="CompleteAsOf"/> to the reading of the log.</summary>
    public TimeSpan Age { get; private init; }

    /// <summary>Gets the longest life of a passport.</summary>
    public TimeSpan Lifetime { get; private init; }

    /// <summary>Gets how long an ending must be remembered.</summary>
    public TimeSpan Keep { get; private init; }

    /// <summary>Gets the instant since which the log has every ending, by the clock of the API.</summary>
    public DateTimeOffset HeldSince { get; private init; }

    /// <summary>Gets the instant up to which the feed is complete, by the clock of the API; of no meaning with <see cref="More"/>.</summary>
    public DateTimeOffset CompleteAsOf { get; private init; }

    /// <summary>Gets the instant whose older sessions have all ended; null when none is known.</summary>
    public DateTimeOffset? RevokedBefore { get; private init; }

    public int Count => _entries.Length / EntryBytes;

    /// <summary>Reads a body; null when it is not exactly of that form.</summary>
    public static EndingsPage? Parse(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith("SEN1"u8))
        {
            return null;
        }

        var flags = bytes[4];
        var cursorLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        var count = BinaryPrimitives.ReadUInt32BigEndian(bytes[48..]);
        if (cursorLength is 0 or > MaxCursorLength
            || bytes.Length != HeaderBytes + cursorLength + ((long)count * EntryBytes)
            || bytes.Slice(HeaderBytes, cursorLength).ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return null;
        }

        try
        {
            return new EndingsPage(Encoding.ASCII.GetString(bytes.Slice(HeaderBytes, cursorLength)), body[(HeaderBytes + cursorLength)..])
            {
                More = (flags & HasMore) != 0,
                Held = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[8..])),
                Age = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])),
                Lifetime = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])),
                Keep = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])),
                CompleteAsOf = InstantAt(bytes[24..]),
                HeldSince = InstantAt(bytes[40..]),
                RevokedBefore = (flags & HasRevokedBefore) != 0 ? InstantAt(bytes[32..]) : null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // An instant outside the calendar.
            return null;
        }
    }

    /// <summary>Returns an entry: the session, and how long before the reading of the log it ended.</summary>
    public (SidHash Sid, TimeSpan EndedAgo) EntryAt(int index)
    {
        var entry = _entries.Span.Slice(index * EntryBytes, EntryBytes);
        return (SidHash.Read(entry), TimeSpan.FromMilliseconds(BinaryPrimitives.ReadUInt32BigEndian(entry[SidHash.Bytes..])));
    }

    private static DateTimeOffset InstantAt(ReadOnlySpan<byte> bytes) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
}
