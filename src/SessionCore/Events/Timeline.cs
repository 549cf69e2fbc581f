using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Timeline of a user, a session or the operators: what is recorded, and events that are not delivered yet. Newest first.</summary>
public sealed class Timeline
{
    // A session's events are few among those of its user; a call reads no more than this before it gives a continuation.
    private const int MaxRows = 2_000;

    private readonly ITable _sessions;
    private readonly GenuineRows _genuine;

    internal Timeline(SessionTables tables, GenuineRows genuine)
    {
        _sessions = tables.Sessions;
        _genuine = genuine;
    }

    /// <summary>Reads a page of a user's timeline.</summary>
    /// <param name="partition">The user: <see cref="SessionLocator.PartitionOf"/>.</param>
    /// <param name="pageSize">The most entries of the page.</param>
    /// <param name="continuation">The continuation of the page before; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
    public ValueTask<TimelinePage> ReadUserAsync(UInt128 partition, int pageSize, string? continuation, CancellationToken cancellationToken) =>
        ReadAsync(SessionLocator.Hex(partition), sid: null, pageSize, continuation, cancellationToken);

    /// <summary>Reads a page of a session's timeline.</summary>
    /// <inheritdoc cref="ReadUserAsync"/>
    public ValueTask<TimelinePage> ReadSessionAsync(SessionId id, int pageSize, string? continuation, CancellationToken cancellationToken) =>
        ReadAsync(id.Locator.PartitionKey, id.ToString(), pageSize, continuation, cancellationToken);

    /// <summary>Reads a page of what operators did.</summary>
    /// <inheritdoc cref="ReadUserAsync"/>
    public ValueTask<TimelinePage> ReadOperatorsAsync(int pageSize, string? continuation, CancellationToken cancellationToken) =>
        ReadAsync(AuditChain.OfOperators, sid: null, pageSize, continuation, cancellationToken);

    private async ValueTask<TimelinePage> ReadAsync(string partitionKey, string? sid, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        if (Place.Read(continuation) is not { } place)
        {
            return new TimelinePage([], Continuation: null) { IsContinuationRefused = true };
        }

        var entries = new List<TimelineEntry>();
        if (place.Number is null)
        {
            var pending = (await ReadPendingAsync(partitionKey, cancellationToken)).Where(told => IsOf(told, sid) && place.IsBefore(told)).ToArray();
            entries.AddRange(pending.Take(pageSize).Select(told => new TimelineEntry(told, Number: null)));
            if (pending.Length > pageSize)
            {
                return new TimelinePage(entries, Place.After(entries[^1].Event));
            }
        }

        return await ReadRecordsAsync(partitionKey, sid, pageSize, place.Number ?? long.MaxValue, entries, cancellationToken);
    }

    private async ValueTask<TimelinePage> ReadRecordsAsync(
        string partitionKey, string? sid, int pageSize, long before, List<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionKey = partitionKey,
            RowFrom = AuditRow.RowKeyOf(before) + " ",
            RowTo = AuditRow.AfterAll,
            PageSize = sid is null ? pageSize : TableRules.MaxPageRows,
        };
        var pending = entries.Select(entry => entry.Event.Id).ToHashSet(StringComparer.Ordinal);
        var read = 0;
        while (true)
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (entries.Count == pageSize)
                {
                    return new TimelinePage(entries, Place.After(before));
                }

                before = AuditRow.NumberOf(row.RowKey);
                // One that was still pending a moment ago has its place already.
                if (await _genuine.ReadAuditAsync(row, cancellationToken) is { } link && IsOf(link.Event, sid) && !pending.Contains(link.Event.Id))
                {
                    entries.Add(new TimelineEntry(link.Event, link.Number));
                }
            }

            read += page.Rows.Count;
            if (page.Continuation is null || read >= MaxRows)
            {
                return new TimelinePage(entries, page.Continuation is null ? null : Place.After(before));
            }

            query = query with { Continuation = page.Continuation };
        }
    }

    // What is not delivered yet, and what is parked: newest first.
    private async ValueTask<IEnumerable<SessionEvent>> ReadPendingAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var pending = new List<SessionEvent>();
        foreach (var (from, to) in new[] { (EventRow.First, EventRow.AfterAll), (EventRow.FirstParked, EventRow.AfterParked) })
        {
            var query = new TableQuery { PartitionKey = partitionKey, RowFrom = from, RowTo = to, PageSize = TableRules.MaxPageRows };
            do
            {
                var page = await _sessions.QueryAsync(query, cancellationToken);
                foreach (var row in page.Rows)
                {
                    if (await _genuine.ReadEventAsync(row, cancellationToken) is { } found)
                    {
                        pending.Add(found.Event);
                    }
                }

                query = query with { Continuation = page.Continuation };
            }
            while (query.Continuation is not null && pending.Count < MaxRows);
        }

        return pending.OrderByDescending(told => told.At).ThenByDescending(told => told.Id, StringComparer.Ordinal);
    }

    private static bool IsOf(SessionEvent told, string? sid) =>
        sid is null || told.Subject == sid || (told.Subject is null && EventData.SidsOf(told).Contains(sid, StringComparer.Ordinal));

    // Where a page ended: among the pending events, or in the chain.
    private readonly record struct Place(long? Number, DateTimeOffset At, string Id)
    {
        private const char Separator = '.';

        public static Place? Read(string? text)
        {
            if (text is null)
            {
                return new Place(Number: null, DateTimeOffset.MaxValue, "~");
            }

            Span<byte> bytes = stackalloc byte[512];
            if (text.Length > 256 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length))
            {
                return null;
            }

            var parts = Encoding.UTF8.GetString(bytes[..length]).Split(Separator);
            if (parts.Length > 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            if (parts.Length == 1)
            {
                return new Place(number, default, "");
            }

            return number <= DateTimeOffset.MaxValue.UtcTicks ? new Place(Number: null, new DateTimeOffset(number, TimeSpan.Zero), parts[1]) : null;
        }

        public static string After(long number) => Write(number.ToString(CultureInfo.InvariantCulture));

        public static string After(SessionEvent told) => Write(string.Create(CultureInfo.InvariantCulture, $"{told.At.UtcTicks}{Separator}{told.Id}"));

        public bool IsBefore(SessionEvent told) => told.At < At || (told.At == At && string.CompareOrdinal(told.Id, Id) < 0);

        private static string Write(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>Page of a timeline, newest first.</summary>
/// <param name="Entries">The entries. An event that is recorded between two pages may come on both, with the same id.</param>
/// <param name="Continuation">What the next page is read with; null after the last.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, string? Continuation)
{
    /// <summary>Gets a value indicating whether the continuation was none of this timeline.</summary>
    public bool IsContinuationRefused { get; init; }
}

/// <summary>Entry of a timeline.</summary>
/// <param name="Event">The event.</param>
/// <param name="Number">Its number in the chain; null while it is not delivered.</param>
public sealed record TimelineEntry(SessionEvent Event, long? Number);
