using System.Buffers.Binary;
using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Sessions begun and ended in each of the last hours.</summary>
/// <remarks>Format of each hour: hours since 1970, sessions begun, sessions ended (8 each, big endian).</remarks>
internal sealed class HourCounts
{
    /// <summary>How many hours are kept, the one in progress included.</summary>
    public const int Hours = 24;

    private const int EntryBytes = 3 * sizeof(long);

    private readonly Dictionary<long, LiveChange> _hours;

    private HourCounts(Dictionary<long, LiveChange> hours) => _hours = hours;

    /// <summary>Reads the stored form; malformed bytes read as no hours.</summary>
    public static HourCounts Read(byte[]? bytes)
    {
        var hours = new Dictionary<long, LiveChange>();
        for (var rest = bytes is { Length: <= Hours * EntryBytes } ? bytes.AsSpan() : default; rest.Length >= EntryBytes; rest = rest[EntryBytes..])
        {
            hours[BinaryPrimitives.ReadInt64BigEndian(rest)] =
                new LiveChange(BinaryPrimitives.ReadInt64BigEndian(rest[8..]), BinaryPrimitives.ReadInt64BigEndian(rest[16..]));
        }

        return new HourCounts(hours);
    }

    /// <summary>Returns the counts with a change in the hour of an instant; older hours than are kept fall away.</summary>
    public HourCounts With(LiveChange change, DateTimeOffset now)
    {
        var current = HourOf(now);
        var hours = _hours.Where(hour => hour.Key > current - Hours && hour.Key <= current).ToDictionary();
        var known = hours.GetValueOrDefault(current);
        hours[current] = new LiveChange(known.Begun + change.Begun, known.Ended + change.Ended);
        return new HourCounts(hours);
    }

    /// <summary>Returns the stored form.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[EntryBytes * _hours.Count];
        foreach (var (i, (hour, change)) in _hours.OrderBy(hour => hour.Key).Index())
        {
            var entry = bytes.AsSpan(EntryBytes * i);
            BinaryPrimitives.WriteInt64BigEndian(entry, hour);
            BinaryPrimitives.WriteInt64BigEndian(entry[8..], change.Begun);
            BinaryPrimitives.WriteInt64BigEndian(entry[16..], change.Ended);
        }

        return bytes;
    }

    /// <summary>Returns the last hours up to an instant, oldest first, those without a change included.</summary>
    public IReadOnlyList<SessionHour> UpTo(DateTimeOffset now) =>
    [
        .. Enumerable.Range(1 - Hours, Hours)
            .Select(offset => HourOf(now) + offset)
            .Select(hour => (Hour: hour, Change: _hours.GetValueOrDefault(hour)))
            .Select(it => new SessionHour(DateTimeOffset.UnixEpoch + TimeSpan.FromHours(it.Hour), it.Change.Begun, it.Change.Ended)),
    ];

    private static long HourOf(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);
}

/// <summary>Sessions begun and ended in an hour.</summary>
/// <param name="Hour">The start of the hour.</param>
/// <param name="Created">The number that have begun.</param>
/// <param name="Ended">The number that have ended; a session that lapsed counts when the purge has deleted it.</param>
public sealed record SessionHour(DateTimeOffset Hour, long Created, long Ended);
