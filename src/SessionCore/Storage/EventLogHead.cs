using System.Globalization;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Head of a lane's event log: which numbers are taken.</summary>
/// <remarks>
/// Each append replaces the head in the transaction of its rows, under the entity tag as read. So numbers have no gaps, and of two
/// writers one fails.
/// </remarks>
internal sealed record EventLogHead : ITaggedRow
{
    /// <summary>The row key; it sorts after all numbers.</summary>
    public const string RowKey = "head";

    private const string LogName = "log";
    private const string FirstName = "first";
    private const string NextName = "next";
    private const string BeganName = "began";
    private const string LastName = "last";

    public required int Lane { get; init; }

    /// <summary>Gets the id of the log, drawn when it began: 32 hex digits.</summary>
    public required string Log { get; init; }

    /// <summary>Gets the number of the oldest event that is kept.</summary>
    public required long First { get; init; }

    /// <summary>Gets the number of the next event.</summary>
    public required long Next { get; init; }

    /// <summary>Gets the time from which the log holds every event.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Gets when the last event was appended; never goes back.</summary>
    public required DateTimeOffset LastAt { get; init; }

    public string? ETag { get; init; }

    public string PartitionKey => PartitionOf(Lane);

    /// <summary>Returns the partition of the due table that holds a lane's log.</summary>
    public static string PartitionOf(int lane) => string.Concat("event-log-", lane.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns the head of a new log. Its numbers are higher than those of any log before, whose rows may be left.</summary>
    public static EventLogHead Begin(int lane, DateTimeOffset now, string? etag)
    {
        const int NumbersPerMillisecond = 1000;
        var first = now.ToUnixTimeMilliseconds() * NumbersPerMillisecond;
        return new EventLogHead
        {
            Lane = lane,
            Log = OperationId.New(),
            First = first,
            Next = first,
            Began = now,
            LastAt = now,
            ETag = etag,
        };
    }

    /// <summary>Reads a row. Its content is trusted only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when the row is malformed.</returns>
    public static EventLogHead? Read(int lane, TableRow row) =>
        row.GetString(LogName) is { Length: 32 } log
        && row.GetInt64(FirstName) is >= 0 and var first
        && row.GetInt64(NextName) is { } next && next >= first
        && row.GetTime(BeganName) is { } began
        && row.GetTime(LastName) is { } lastAt
            ? new EventLogHead { Lane = lane, Log = log, First = first, Next = next, Began = began, LastAt = lastAt, ETag = row.ETag }
            : null;

    /// <summary>Returns the write of the head: an insert, or what replaces it as read.</summary>
    public TableWrite ToWrite(RowTags tags)
    {
        var row = new TableRow(PartitionKey, RowKey)
            .Set(LogName, Log)
            .Set(FirstName, First)
            .Set(NextName, Next)
            .Set(BeganName, Began)
            .Set(LastName, LastAt)
            .Set(RowTags.Name, tags.Make(ToFacts()));
        return ETag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, ETag);
    }

    public RowFacts ToFacts() => new RowFacts("event-log-head", PartitionKey, RowKey).Put(Log).Put(First).Put(Next).Put(Began).Put(LastAt);
}
