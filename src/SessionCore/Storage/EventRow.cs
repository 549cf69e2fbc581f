using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Row of an event, written in the transaction of its change and deleted when it is delivered.</summary>
/// <remarks>
/// The row key of a session's event is its id and version, so the events of a session are read in their order. That of a user's event
/// sorts after those.
/// </remarks>
internal sealed record EventRow : ITaggedRow
{
    /// <summary>The first row key of events, and the one after the last.</summary>
    public const string First = "e_";
    public const string AfterAll = "e`";

    /// <summary>The first row key of events of several sessions.</summary>
    public const string FirstUserWide = UserWide;

    /// <summary>The first row key of parked events, and the one after the last.</summary>
    public const string FirstParked = ParkedPrefix;
    public const string AfterParked = "p`";

    private const string UserWide = "e_u";
    private const string ParkedPrefix = "p_";
    private const string TypeName = "type";
    private const string AtName = "at";
    private const string IdName = "event";
    private const string SubjectName = "subject";
    private const string DataName = "content";
    private const string OwedName = "owed";
    private const string AttemptsName = "attempts";
    private const string RetryName = "retry";
    private const string FirstTryName = "firstTry";

    public required string PartitionKey { get; init; }

    public required string RowKey { get; init; }

    public required SessionEvent Event { get; init; }

    /// <summary>Gets the targets that have not got it yet; null before the first attempt.</summary>
    public IReadOnlyList<string>? Owed { get; init; }

    /// <summary>Gets how many attempts have failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets when the first attempt failed; null before.</summary>
    public DateTimeOffset? FirstTryAt { get; init; }

    /// <summary>Gets the time before which it is not tried again; null before the first attempt.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public string? ETag { get; init; }

    /// <summary>Gets the id of its notice. One change may make several events.</summary>
    public string NoticeId => NoticeIdOf(Event);

    /// <summary>Gets the row key once it is parked.</summary>
    public string ParkedRowKey => string.Concat(ParkedPrefix, RowKey.AsSpan(First.Length));

    /// <summary>Gets a value indicating whether it tells of several sessions.</summary>
    public bool IsUserWide => RowKey.StartsWith(UserWide, StringComparison.Ordinal);

    /// <summary>Returns the id of the notice of an event.</summary>
    public static string NoticeIdOf(SessionEvent told) => told.Id.Split('-')[0];

    /// <summary>Returns the row of a new event.</summary>
    public static EventRow Of(EventDraft draft, string partitionKey, string id) => new()
    {
        PartitionKey = partitionKey,
        RowKey = draft.Session is var (locator, version)
            ? string.Concat(First, SessionLocator.Hex(locator.Id), version.ToString("d19", CultureInfo.InvariantCulture))
            : string.Concat(UserWide, id),
        Event = new SessionEvent(id, draft.Type, draft.At, draft.Session is var (subject, _) ? new SessionId(subject).ToString() : null, draft.DataJson),
    };

    /// <summary>Whether a row is one of an event, parked or not, by its row key.</summary>
    public static bool Is(TableRow row) => row.RowKey.StartsWith(First, StringComparison.Ordinal) || IsParked(row);

    /// <summary>Whether a row is one of a parked event, by its row key.</summary>
    public static bool IsParked(TableRow row) => row.RowKey.StartsWith(ParkedPrefix, StringComparison.Ordinal);

    /// <summary>Returns the row in which an event is parked.</summary>
    public EventRow Parked() => this with { RowKey = ParkedRowKey, ETag = null };

    /// <summary>Returns the row in which a parked event is tried again, at those that are owed it.</summary>
    public EventRow Replayed() => this with
    {
        RowKey = string.Concat(First, RowKey.AsSpan(ParkedPrefix.Length)),
        Attempts = 0,
        FirstTryAt = null,
        RetryAt = null,
        ETag = null,
    };

    /// <summary>Reads a row. What it says counts only after <see cref="GenuineRows"/> has checked its tag.</summary>
    /// <returns>Null when it does not say what it must.</returns>
    public static EventRow? Read(TableRow row) =>
        Is(row)
        && row.GetString(IdName) is { Length: > 0 } id
        && row.GetString(TypeName) is { } type
        && row.GetTime(AtName) is { Year: < 9000 } at
        && row.GetBinary(DataName) is { } data
            ? new EventRow
            {
                PartitionKey = row.PartitionKey,
                RowKey = row.RowKey,
                Event = new SessionEvent(id, type, at, row.GetString(SubjectName), data),
                Owed = row.GetString(OwedName)?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Attempts = (int)Math.Clamp(row.GetInt64(AttemptsName) ?? 0, 0, int.MaxValue),
                FirstTryAt = row.GetTime(FirstTryName),
                RetryAt = row.GetTime(RetryName),
                ETag = row.ETag,
            }
            : null;

    /// <summary>Returns the write of the row: an insert, or what replaces it as read.</summary>
    public TableWrite ToWrite(RowTags tags)
    {
        var row = new TableRow(PartitionKey, RowKey)
            .Set(IdName, Event.Id)
            .Set(TypeName, Event.Type)
            .Set(AtName, Event.At)
            .Set(SubjectName, Event.Subject)
            .Set(DataName, Event.DataJson.ToArray())
            .Set(OwedName, OwedText)
            .Set(AttemptsName, Attempts == 0 ? null : Attempts)
            .Set(FirstTryName, FirstTryAt)
            .Set(RetryName, RetryAt)
            .Set(RowTags.Name, tags.Make(ToFacts()));
        return ETag is null ? TableWrite.Insert(row) : TableWrite.Replace(row, ETag);
    }

    /// <summary>Returns the write that removes the row as read.</summary>
    public TableWrite Removal() => TableWrite.Delete(PartitionKey, RowKey, ETag!); // only a row that was read is removed

    public RowFacts ToFacts() => new RowFacts("event", PartitionKey, RowKey)
        .Put(Event.Id)
        .Put(Event.Type)
        .Put(Event.At)
        .Put(Event.Subject)
        .Put(Event.DataJson.Span)
        .Put(OwedText)
        .Put(Attempts)
        .Put(FirstTryAt)
        .Put(RetryAt);

    private string? OwedText => Owed is null ? null : string.Join(' ', Owed);
}
