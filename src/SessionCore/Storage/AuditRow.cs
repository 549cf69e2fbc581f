using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Row of an event that stays: a link of its partition's chain.</summary>
/// <remarks>
/// Its tag (a MAC under the key ring) covers its keys, its content and the tag of the link before, so nothing can be changed, moved or
/// left out without a key. The row key counts down, so a page has the newest first.
/// </remarks>
internal sealed record AuditRow : ITaggedRow
{
    /// <summary>The first row key of links, and the one after the last.</summary>
    public const string FirstKey = "a_";
    public const string AfterAll = "a`";

    private const string NumberName = "number";
    private const string IdName = "event";
    private const string TypeName = "type";
    private const string AtName = "at";
    private const string SubjectName = "subject";
    private const string DataName = "content";
    private const string BeforeName = "before";

    public required string PartitionKey { get; init; }

    /// <summary>Gets the number in the chain, from 1.</summary>
    public required long Number { get; init; }

    public required SessionEvent Event { get; init; }

    /// <summary>Gets the tag of the link before; empty for the first, and for the first after a loss.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>Gets the tag as read or as written.</summary>
    public byte[] Tag { get; private init; } = [];

    public string? ETag { get; init; }

    public string RowKey => RowKeyOf(Number);

    /// <summary>Returns the row key of a number.</summary>
    public static string RowKeyOf(long number) => string.Concat(FirstKey, (long.MaxValue - number).ToString("d19", CultureInfo.InvariantCulture));

    /// <summary>Returns the number in a row key; 0 when it has none.</summary>
    public static long NumberOf(string rowKey) =>
        rowKey.StartsWith(FirstKey, StringComparison.Ordinal)
        && long.TryParse(rowKey.AsSpan(FirstKey.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            ? long.MaxValue - rest
            : 0;

    /// <summary>Whether a row is a link, by its row key.</summary>
    public static bool Is(TableRow row) => row.RowKey.StartsWith(FirstKey, StringComparison.Ordinal);

    /// <summary>Returns the row with its tag.</summary>
    public AuditRow Tagged(RowTags tags) => this with { Tag = tags.Make(ToFacts()) };

    /// <summary>Reads a row. What it says counts only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when it does not say what it must.</returns>
    public static AuditRow? Read(TableRow row) =>
        Is(row)
        && row.GetInt64(NumberName) is > 0 and var number
        && row.RowKey == RowKeyOf(number)
        && row.GetString(IdName) is { Length: > 0 } id
        && row.GetString(TypeName) is { } type
        && row.GetTime(AtName) is { Year: < 9000 } at
        && row.GetBinary(DataName) is { } data
            ? new AuditRow
            {
                PartitionKey = row.PartitionKey,
                Number = number,
                Event = new SessionEvent(id, type, at, row.GetString(SubjectName), data),
                Before = row.GetBinary(BeforeName) ?? [],
                Tag = row.GetBinary(RowTags.Name) ?? [],
                ETag = row.ETag,
            }
            : null;

    /// <summary>Returns the write that inserts the row; it is tagged.</summary>
    public TableWrite Insertion() => TableWrite.Insert(new TableRow(PartitionKey, RowKey)
        .Set(NumberName, Number)
        .Set(IdName, Event.Id)
        .Set(TypeName, Event.Type)
        .Set(AtName, Event.At)
        .Set(SubjectName, Event.Subject)
        .Set(DataName, Event.DataJson.ToArray())
        .Set(BeforeName, Before)
        .Set(RowTags.Name, Tag));

    public RowFacts ToFacts() => new RowFacts("audit", PartitionKey, RowKey)
        .Put(Number)
        .Put(Event.Id)
        .Put(Event.Type)
        .Put(Event.At)
        .Put(Event.Subject)
        .Put(Event.DataJson.Span)
        .Put(Before);
}
