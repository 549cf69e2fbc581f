using Microsoft.Extensions.DependencyInjection;
using SessionCore.Events.Log;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;

namespace SessionChecking.Events;

/// <summary>
/// A reader that follows the event log through a history, and knows what was committed and acknowledged when: it may miss nothing, and
/// nothing may be claimed that is not so.
/// </summary>
internal sealed class LogFollower(TimeProvider time)
{
    private const int FinalReadings = 200;

    private readonly Dictionary<string, DateTimeOffset> _committed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _late = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _acknowledged = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly List<string> _breaches = [];
    private string? _cursor;

    public IReadOnlyList<string> Breaches => _breaches;

    /// <summary>Takes note of the events of a write that took effect.</summary>
    /// <param name="writes">The writes of one call.</param>
    /// <param name="isLate">Whether nobody waits for the answer any more.</param>
    public void Committed(IReadOnlyList<TableWrite> writes, bool isLate)
    {
        foreach (var row in writes.Where(write => write.Kind is TableWriteKind.Insert && EventRow.Is(write.Row)).Select(write => EventRow.Read(write.Row)).OfType<EventRow>())
        {
            _committed.TryAdd(row.Event.Id, time.GetUtcNow());
            if (isLate)
            {
                _late.Add(row.Event.Id);
            }
        }
    }

    /// <summary>Takes note that the end of a session was acknowledged.</summary>
    public void Acknowledged(SessionId id) => _acknowledged.TryAdd(id.ToString(), time.GetUtcNow());

    /// <summary>Reads on.</summary>
    public async Task<bool> ReadAsync(CoreHarness core, int max)
    {
        var reading = await core.Services.GetRequiredService<EventLog>().ReadAsync(_cursor, max, TimeSpan.Zero, CancellationToken.None);
        if (reading.Outcome is not EventLogOutcome.Read)
        {
            _breaches.Add($"the cursor was answered with {reading.Outcome}");
            _cursor = null;
            return true;
        }

        _cursor = reading.Cursor;
        foreach (var told in reading.Events.Select(logged => logged.Event).Where(told => _seen.Add(told.Id)))
        {
            See(told);
        }

        if (reading.CompleteAsOf is { } completeAsOf)
        {
            _breaches.AddRange(MissingAsOf(completeAsOf));
        }

        return reading.HasMore;
    }

    /// <summary>Reads to the end, after which nothing may be missing.</summary>
    public async Task FinishAsync(CoreHarness core)
    {
        for (var readings = 0; await ReadAsync(core, 50) && readings < FinalReadings; readings++)
        {
            // There is more.
        }

        _breaches.AddRange(_committed.Keys.Where(id => !_seen.Contains(id)).Select(id => $"the event {id} was skipped"));
    }

    private void See(SessionEvent told)
    {
        if (!_committed.ContainsKey(told.Id))
        {
            _breaches.Add($"{told.Type} was read without a change");
        }

        if (told.Type is SessionEventTypes.Ended or SessionEventTypes.Assigned or SessionEventTypes.SignedOutEverywhere)
        {
            _ended.UnionWith(EventTruth.SidsOf(told));
        }

        var version = EventTruth.VersionOf(told);
        foreach (var sid in told.Type == SessionEventTypes.RevokedBefore ? [] : EventTruth.SidsOf(told))
        {
            if (_versions.GetValueOrDefault(sid) > version)
            {
                _breaches.Add($"{told.Type} of version {version} was read after version {_versions[sid]}");
            }

            _versions[sid] = version;
        }
    }

    // What storage applied late was acknowledged to nobody; it counts from when somebody was told of it.
    private IEnumerable<string> MissingAsOf(DateTimeOffset completeAsOf) =>
    [
        .. _committed.Where(pair => pair.Value < completeAsOf && !_late.Contains(pair.Key) && !_seen.Contains(pair.Key))
            .Select(pair => $"complete as of {completeAsOf:O} without the event {pair.Key} of {pair.Value:O}"),
        .. _acknowledged.Where(pair => pair.Value < completeAsOf && !_ended.Contains(pair.Key))
            .Select(pair => $"complete as of {completeAsOf:O} without the end of {pair.Key}, acknowledged at {pair.Value:O}"),
    ];
}
