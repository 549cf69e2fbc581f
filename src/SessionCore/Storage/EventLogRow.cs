using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Row of the event log. It is inserted once, and deleted when its retention is over.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Number">The number within the lane.</param>
/// <param name="At">When it was appended; not before the event of the number before.</param>
/// <param name="Event">The event.</param>
internal sealed record EventLogRow(int Lane, long Number, DateTimeOffset At, SessionEvent Event) : ITaggedRow
{
    private const string IdName = "event";
    private const string TypeName = "type";
    private const string TimeName = "at";
    private const string SubjectName = "subject";
    private const string DataName = "content";
    private const string LoggedName = "logged";

    /// <summary>Returns the row key of a number.</summary>
    public static string RowKeyOf(long number) => number.ToString("d19", CultureInfo.InvariantCulture);

    /// <summary>Reads a row. Its content is trusted only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when the row is malformed.</returns>
    public static EventLogRow? Read(int lane, TableRow row) =>
        long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && row.GetString(IdName) is { Length: > 0 } id
        && row.GetString(TypeName) is { } type
        && row.GetTime(TimeName) is { Year: < 9000 } time
        && row.GetTime(LoggedName) is { Year: < 9000 } at
        && row.GetBinary(DataName) is { } data
            ? new EventLogRow(lane, number, at, new SessionEvent(id, type, time, row.GetString(SubjectName), data))
            : null;

    /// <summary>Returns the write that inserts the row.</summary>
    public TableWrite ToWrite(RowTags tags) => TableWrite.Insert(new TableRow(EventLogHead.PartitionOf(Lane), RowKeyOf(Number))
        .Set(IdName, Event.Id)
        .Set(TypeName, Event.Type)
        .Set(TimeName, Event.At)
        .Set(SubjectName, Event.Subject)
        .Set(DataName, Event.DataJson.ToArray())
        .Set(LoggedName, At)
        .Set(RowTags.Name, tags.Make(ToFacts())));

    public RowFacts ToFacts() => new RowFacts("event-log", EventLogHead.PartitionOf(Lane), RowKeyOf(Number))
        .Put(Event.Id)
        .Put(Event.Type)
        .Put(Event.At)
        .Put(Event.Subject)
        .Put(Event.DataJson.Span)
        .Put(At);
}
