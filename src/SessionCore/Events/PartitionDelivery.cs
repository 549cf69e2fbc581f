using Microsoft.Extensions.Logging;
using SessionCore.Events.Log;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Delivers the events of one partition in the order within each session, and removes those that no target is owed any more; the audit keeps them.</summary>
/// <remarks>
/// An event is removed after its delivery, so one that is delivered twice after a crash has the same id. While a target is owed an event,
/// it gets no later one of the partition.
/// </remarks>
internal sealed partial class PartitionDelivery(
    SessionTables tables,
    GenuineRows genuine,
    RowTags tags,
    EventLogs logs,
    AuditChain audit,
    ParkedEvents parked,
    RecentIds recent,
    EventTargets targets,
    EventMetrics metrics,
    TimeProvider timeProvider,
    ILogger<PartitionDelivery> logger)
{
    // The answer is complete as of one instant only within a page.
    private const int PageRows = TableRules.MaxPageRows;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Delivers what is pending in a partition.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="recalled">A target that is tried although its pauses are not over; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>What is left: for each id of a notice, when its event is tried again.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer; what was delivered may be delivered again.</exception>
    public async ValueTask<PendingEvents> DeliverAsync(string partitionKey, GuardedTarget? recalled, CancellationToken cancellationToken)
    {
        var (rows, isWhole) = await ReadAsync(partitionKey, cancellationToken);
        await logs.KeepAsync(partitionKey, rows, isWhole, cancellationToken);
        var pending = new PendingEvents(isWhole);
        var blocked = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var row in EventOrder.Of(rows, isWhole))
        {
            var next = await DeliverAsync(row, blocked, recalled, cancellationToken);
            await WriteAsync(row, next, cancellationToken);
            if (next is { Owed.Count: > 0, RetryAt: { } retryAt } && !IsGivenUp(next))
            {
                pending.Keep(row, retryAt);
                continue;
            }

            pending.Finish(row);
            recent.Add(row.NoticeId);
        }

        return pending;
    }

    private async ValueTask<(IReadOnlyList<EventRow> Rows, bool IsWhole)> ReadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = EventRow.First, RowTo = EventRow.AfterAll, PageSize = PageRows };
        var page = await _sessions.QueryAsync(query, cancellationToken);
        while (page.Rows.Count == 0 && page.Continuation is not null)
        {
            page = await _sessions.QueryAsync(query with { Continuation = page.Continuation }, cancellationToken);
        }

        var rows = new List<EventRow>(page.Rows.Count);
        foreach (var row in page.Rows)
        {
            if (await genuine.ReadEventAsync(row, cancellationToken) is { } found)
            {
                rows.Add(found);
            }
        }

        return (rows, page.Continuation is null);
    }

    // The state of the row after the attempt. All targets are asked at once; each on its own.
    private async ValueTask<EventRow> DeliverAsync(
        EventRow row, Dictionary<string, DateTimeOffset> blocked, GuardedTarget? recalled, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetSessionTime();
        var owed = targets.OwedOf(row);
        if (row.RetryAt > now && !(recalled is not null && owed.Contains(recalled)))
        {
            Block(blocked, owed, row.RetryAt.Value);
            return row with { Owed = [.. owed.Select(target => target.Name)] };
        }

        var attempts = await Task.WhenAll(owed.Select(async target => (Target: target, Outcome: await AttemptAsync(target))));
        GuardedTarget[] left = [.. attempts.Where(attempt => attempt.Outcome is not DeliveryOutcome.Delivered).Select(attempt => attempt.Target)];
        if (left.Length == 0)
        {
            return row with { Owed = [] };
        }

        var hasFailed = Array.Exists(attempts, attempt => attempt.Outcome is DeliveryOutcome.Failed);
        var failures = row.Attempts + (hasFailed ? 1 : 0);
        var untried = now + RetryPlan.PauseUntried(now - (row.FirstTryAt ?? now), left.Max(target => target.DownFor), GuardedTarget.Break);
        var waits = left.Where(target => blocked.ContainsKey(target.Name)).Select(target => blocked[target.Name]).DefaultIfEmpty(untried).Max();
        var next = row with
        {
            Owed = [.. left.Select(target => target.Name)],
            Attempts = failures,
            FirstTryAt = row.FirstTryAt ?? now,
            RetryAt = SessionClock.Truncate(hasFailed ? now + RetryPlan.PauseAfter(failures) : waits),
        };
        Block(blocked, left, next.RetryAt.Value);
        return next;

        async Task<DeliveryOutcome> AttemptAsync(GuardedTarget target)
        {
            if (blocked.ContainsKey(target.Name))
            {
                return DeliveryOutcome.NotTried;
            }

            var outcome = await target.DeliverAsync(row.Event, cancellationToken);
            if (outcome is DeliveryOutcome.Delivered)
            {
                metrics.Delivered(target.Name, timeProvider.GetUtcNow() - row.Event.At);
            }
            else if (outcome is DeliveryOutcome.Failed)
            {
                metrics.Failed(target.Name);
            }

            return outcome;
        }
    }

    private static void Block(Dictionary<string, DateTimeOffset> blocked, IEnumerable<GuardedTarget> owed, DateTimeOffset until)
    {
        foreach (var target in owed)
        {
            blocked.TryAdd(target.Name, until);
        }
    }

    private bool IsGivenUp(EventRow row) => row.FirstTryAt is { } first && timeProvider.GetUtcNow() - first >= RetryPlan.GiveUpAfter;

    private async ValueTask WriteAsync(EventRow before, EventRow after, CancellationToken cancellationToken)
    {
        if (after.Owed is { Count: 0 })
        {
            // Another instance may have removed it.
            _ = audit.IsOn
                ? await audit.AppendAsync(before.PartitionKey, before.Event, before.Removal(), cancellationToken)
                : (await _sessions.WriteAsync(before.Removal(), cancellationToken)).IsWritten;
        }
        else if (IsGivenUp(after))
        {
            await ParkAsync(after, cancellationToken);
        }
        else if (after.RetryAt != before.RetryAt || after.Attempts != before.Attempts)
        {
            _ = await _sessions.WriteAsync(after.ToWrite(tags), cancellationToken);
        }
    }

    private async ValueTask ParkAsync(EventRow row, CancellationToken cancellationToken)
    {
        if (await parked.AddAsync(row, cancellationToken))
        {
            foreach (var target in row.Owed ?? [])
            {
                metrics.Parked(target);
                LogParked(logger, target, row.Event.Type, row.Attempts);
            }
        }
    }

    [LoggerMessage(1701, LogLevel.Error, "An event is parked: the target {Target} has not acknowledged it, of type {Type}, in 72 hours and {Attempts} attempts. Repair the target, then replay the parked events")]
    private static partial void LogParked(ILogger logger, string target, string type, int attempts);
}

/// <summary>What a look at a partition has left.</summary>
/// <param name="IsWhole">Whether all events of the partition were read.</param>
internal sealed record PendingEvents(bool IsWhole)
{
    private readonly Dictionary<string, DateTimeOffset> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = new(StringComparer.Ordinal);

    /// <summary>Gets the oldest event that is left; null when none is.</summary>
    public WaitingEvent? Oldest { get; private set; }

    /// <summary>Gets the time of the next attempt; null when no event is left.</summary>
    public DateTimeOffset? NextAt => _kept.Count == 0 ? null : _kept.Values.Min();

    public void Keep(EventRow row, DateTimeOffset retryAt)
    {
        _kept[row.NoticeId] = retryAt;
        Oldest = Oldest?.At < row.Event.At ? Oldest : new WaitingEvent(row.Event.At, retryAt);
    }

    public void Finish(EventRow row) => _finished.Add(row.NoticeId);

    /// <summary>When the events of a notice are tried again; null when none of them is left.</summary>
    public DateTimeOffset? RetryOf(EventNotice notice) => _kept.TryGetValue(notice.Id, out var at) ? at : null;

    /// <summary>Whether the notice led to events, and none of them is left.</summary>
    public bool IsFinished(EventNotice notice) => _finished.Contains(notice.Id) && !_kept.ContainsKey(notice.Id);
}

/// <summary>An event that is tried again.</summary>
/// <param name="At">When it was made.</param>
/// <param name="RetryAt">When it is tried again.</param>
internal readonly record struct WaitingEvent(DateTimeOffset At, DateTimeOffset RetryAt);
