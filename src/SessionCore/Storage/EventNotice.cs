using System.Globalization;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Entry of the due table that announces an event: delivery looks at the partition that it names.</summary>
/// <remarks>
/// A hint, like a due entry: written before the event's row, which is the truth. Its change may never be made, so it may lead to nothing.
/// Each has an id of its own, so that removing one never removes the announcement of another change.
/// </remarks>
/// <param name="PartitionKey">The partition of the sessions table.</param>
/// <param name="Id">The id of the change: 32 hex digits.</param>
/// <param name="At">When delivery is to look.</param>
/// <param name="Looks">How often delivery has found nothing.</param>
/// <param name="ETag">The entity tag as read; null for a new one.</param>
internal sealed record EventNotice(string PartitionKey, string Id, DateTimeOffset At, int Looks = 0, string? ETag = null)
{
    /// <summary>The number of lanes, each of which one instance delivers.</summary>
    public const int Lanes = 4;

    // One that waits for a target that is down must not be read again and again before it is due, in the place of new ones.
    private const string BucketFormat = "yyyyMMddHHmmss";
    private const string LooksName = "looks";
    private const string AtName = "at";
    private const char Separator = '.';

    /// <summary>Gets the partition of the due table. It sorts by lane, then by second, and after every hour of the purge.</summary>
    public string Bucket => BucketOf(LaneOf(PartitionKey), At);

    private string RowKey => string.Concat(PartitionKey, Separator.ToString(), Id);

    /// <summary>Returns the lane of a partition of the sessions table.</summary>
    public static int LaneOf(string partitionKey) => char.IsAsciiHexDigit(partitionKey[0]) ? Convert.ToInt32(partitionKey[..1], 16) % Lanes : 0;

    /// <summary>Returns the first partition of a lane, and the partition after the last second that has begun.</summary>
    public static (string From, string To) RangeOf(int lane, DateTimeOffset now) => (LanePrefix(lane), BucketOf(lane, now.AddSeconds(1)));

    /// <summary>Returns the first partition of a lane that <see cref="RangeOf"/> leaves out, and the one after the last of the lane.</summary>
    public static (string From, string To) RangeAfter(int lane, DateTimeOffset now) => (RangeOf(lane, now).To, LanePrefix(lane + 1));

    /// <summary>Returns the row.</summary>
    public TableRow ToRow() => new TableRow(Bucket, RowKey).Set(AtName, At).Set(LooksName, Looks == 0 ? null : Looks);

    /// <summary>Returns the write that removes the notice as read.</summary>
    public TableWrite Removal() => TableWrite.Delete(Bucket, RowKey, ETag!); // only a notice that was read is removed

    /// <summary>Reads a row.</summary>
    /// <returns>Null when it is no notice.</returns>
    public static EventNotice? Read(TableRow row)
    {
        var separator = row.RowKey.IndexOf(Separator, StringComparison.Ordinal);
        return separator > 0 && row.GetTime(AtName) is { Year: < 9000 } at && (row.GetInt64(LooksName) ?? 0) is >= 0 and <= int.MaxValue and var looks
            && new EventNotice(row.RowKey[..separator], row.RowKey[(separator + 1)..], at, (int)looks, row.ETag) is var notice
            && notice.Bucket == row.PartitionKey
                ? notice
                : null;
    }

    /// <summary>Reads the notices of a page.</summary>
    public static IReadOnlyList<EventNotice> ReadAll(TablePage page) => [.. page.Rows.Select(Read).OfType<EventNotice>()];

    private static string BucketOf(int lane, DateTimeOffset at) =>
        LanePrefix(lane) + at.UtcDateTime.ToString(BucketFormat, CultureInfo.InvariantCulture);

    private static string LanePrefix(int lane) => string.Create(CultureInfo.InvariantCulture, $"event-{lane}-");
}
