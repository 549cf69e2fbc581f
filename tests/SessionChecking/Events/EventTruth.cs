using System.Text.Json;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Events;

/// <summary>What the table of sessions really held, write by write, and which events each write brought.</summary>
internal sealed class EventTruth
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EventRow> _events = new(StringComparer.Ordinal);
    private readonly List<string> _breaches = [];

    /// <summary>Gets every event that was written, by its id.</summary>
    public IReadOnlyDictionary<string, EventRow> Events => _events;

    /// <summary>Gets what broke a promise: an event without its change, or a change without its event.</summary>
    public IReadOnlyList<string> Breaches => _breaches;

    /// <summary>Takes note of a write that took effect.</summary>
    /// <param name="writes">The writes of one call.</param>
    /// <param name="peek">Reads a row past all faults.</param>
    public void Applied(IReadOnlyList<TableWrite> writes, Func<TableRow, TableRow?> peek)
    {
        var expected = writes.Where(write => write.Row.RowKey.StartsWith(SessionLocator.RowPrefix, StringComparison.Ordinal)).Select(write => ChangeOf(peek(write.Row), write.Row)).OfType<string>();
        var told = new List<string>();
        foreach (var row in writes.Where(write => write.Kind is TableWriteKind.Insert && EventRow.Is(write.Row)).Select(write => EventRow.Read(write.Row)).OfType<EventRow>())
        {
            if (!_events.TryAdd(row.Event.Id, row))
            {
                _breaches.Add($"the id {row.Event.Id} was written twice");
            }

            told.AddRange(TalesOf(row.Event));
        }

        var (changes, tales) = (string.Join(", ", expected.Order(StringComparer.Ordinal)), string.Join(", ", told.Order(StringComparer.Ordinal)));
        if (changes != tales)
        {
            _breaches.Add($"a write changed [{changes}] and told [{tales}]");
        }
    }

    /// <summary>What an event tells, session by session.</summary>
    public static IEnumerable<string> TalesOf(SessionEvent told) => told.Type switch
    {
        SessionEventTypes.SignedOutEverywhere => SidsOf(told).Select(sid => "end " + sid),
        SessionEventTypes.Ended or SessionEventTypes.Assigned => ["end " + told.Subject],
        SessionEventTypes.Created => ["begin " + told.Subject],
        SessionEventTypes.RevokedBefore => [],
        _ => [$"{told.Type} {told.Subject}"],
    };

    /// <summary>The sids that an event is about.</summary>
    public static IReadOnlyList<string> SidsOf(SessionEvent told) => told.Subject is { } subject
        ? [subject]
        : [.. DataOf(told).GetProperty("sids").EnumerateArray().Select(sid => sid.GetString()!)];

    /// <summary>The version that an event made of its session. What ends several sessions comes after everything else.</summary>
    public static long VersionOf(SessionEvent told) => told.Subject is null ? long.MaxValue : DataOf(told).GetProperty("version").GetInt64();

    private static JsonElement DataOf(SessionEvent told) => JsonElement.Parse(told.DataJson.Span);

    private string? ChangeOf(TableRow? row, TableRow written)
    {
        var key = written.PartitionKey + written.RowKey;
        var before = _sessions.GetValueOrDefault(key);
        var after = row is null ? null : SessionRow.Read(row);
        if (after is null)
        {
            _sessions.Remove(key);
        }
        else
        {
            _sessions[key] = after;
        }

        var sid = new SessionId((after ?? before)!.Locator).ToString();
        return (before, after) switch
        {
            (null, { IsEnded: false }) => "begin " + sid,
            ({ IsEnded: false }, null or { IsEnded: true }) => "end " + sid,
            ({ IsEnded: false }, { IsEnded: false }) when !before.Secret.Current.ToArray().AsSpan().SequenceEqual(after.Secret.Current.ToArray()) => $"{SessionEventTypes.Rotated} {sid}",
            ({ IsEnded: false }, { IsEnded: false }) when before.DataVersion != after.DataVersion => $"{SessionEventTypes.ClaimsChanged} {sid}",
            _ => null,
        };
    }
}
