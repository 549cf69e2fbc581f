using System.Collections.Concurrent;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>
/// Pass over the notices of all lanes, which brings the log up to date and finds out how complete it is. Any instance may make one, and
/// only those with readers do.
/// </summary>
/// <remarks>
/// A notice is inserted before its change is committed, and removed after the log has the events of the change. So whatever was committed
/// before the notices were read is in the log, or its notice was read. Times are those of this process alone. Passes do not overlap.
/// </remarks>
internal sealed class LogPass(SessionTables tables, PartitionEvents partitions, EventLogs logs, TimeProvider timeProvider)
{
    private const int PageRows = TableRules.MaxPageRows;
    private const int MaxPages = 20;
    private const int Parallelism = 16;

    // Notices have the times of other clocks.
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(2);

    private readonly LaneState[] _lanes = [.. Enumerable.Range(0, EventNotice.Lanes).Select(_ => new LaneState())];

    /// <summary>Makes a pass.</summary>
    /// <param name="isPaced">
    /// Whether passes follow each other: a new notice is then looked at by the second. Delivery appends most events before, and a look
    /// costs a read.
    /// </param>
    /// <param name="cancellationToken">Cancels the pass.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer, or the log does not verify.</exception>
    public async Task<LogKnowledge> RunAsync(bool isPaced, CancellationToken cancellationToken)
    {
        var lanes = await Task.WhenAll(Enumerable.Range(0, EventNotice.Lanes).Select(lane => RunAsync(lane, isPaced, cancellationToken)));
        return new LogKnowledge(lanes, timeProvider.GetUtcNow());
    }

    private async Task<LaneKnowledge> RunAsync(int lane, bool isPaced, CancellationToken cancellationToken)
    {
        var (log, state) = (logs[lane], _lanes[lane]);

        // A log that has to begin does so before the pass, which then speaks for all of it.
        if (state.ListedAt is null)
        {
            await log.RefreshAsync(cancellationToken);
        }

        var startedAt = timeProvider.GetUtcNow();
        var (notices, isWhole) = await ListAsync(lane, startedAt, cancellationToken);
        await log.RefreshAsync(cancellationToken);
        var open = notices.Where(notice => !log.HasChange(notice.Id)).ToArray();
        var looks = await LookAsync(isPaced ? [.. open.Where(notice => state.Open.ContainsKey(notice.Id))] : open, cancellationToken);
        if (!looks.IsEmpty)
        {
            // What another instance has appended and removed since was appended before these looks.
            await log.RefreshAsync(cancellationToken);
            await log.AppendAsync([.. looks.Values.SelectMany(EventLogs.New)], cancellationToken);
        }

        if (isWhole)
        {
            state.Settle(startedAt, open.Where(notice => !log.HasChange(notice.Id) && !Found(notice)), notice => looks.ContainsKey(notice.PartitionKey));
        }

        // Last, so that it covers what was found to be in the log.
        return new LaneKnowledge(log.Head!, state.CompleteAsOf); // it was refreshed

        bool Found(EventNotice notice) =>
            looks.TryGetValue(notice.PartitionKey, out var rows) && rows.Any(row => row.NoticeId == notice.Id);
    }

    private async ValueTask<(IReadOnlyList<EventNotice> Notices, bool IsWhole)> ListAsync(int lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = EventNotice.RangeOf(lane, now + ClockError);
        var query = new TableQuery { PartitionFrom = from, PartitionTo = to, PageSize = PageRows };
        var notices = new List<EventNotice>();
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await tables.Due.QueryAsync(query, cancellationToken);
            notices.AddRange(page.Rows.Select(EventNotice.Read).OfType<EventNotice>());
            query = query with { Continuation = page.Continuation };
            if (query.Continuation is null)
            {
                return (notices, true);
            }
        }

        return (notices, false);
    }

    // The partitions that answered, with their events.
    private async ValueTask<ConcurrentDictionary<string, IReadOnlyList<EventRow>>> LookAsync(EventNotice[] notices, CancellationToken cancellationToken)
    {
        var looks = new ConcurrentDictionary<string, IReadOnlyList<EventRow>>(StringComparer.Ordinal);
        using var places = new SemaphoreSlim(Parallelism);
        await Task.WhenAll(notices.Select(notice => notice.PartitionKey).Distinct(StringComparer.Ordinal).Select(async partition =>
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                looks[partition] = await partitions.ReadAsync(partition, cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // One partition that does not answer keeps no event of another from the readers; the log is not complete meanwhile.
            }
            finally
            {
                places.Release();
            }
        }));
        return looks;
    }

    private sealed class LaneState
    {
        /// <summary>Gets when the last pass that read all notices began.</summary>
        public DateTimeOffset? ListedAt { get; private set; }

        /// <summary>Gets the notices whose changes the log does not have, each with a time before which the change was not committed.</summary>
        public Dictionary<string, DateTimeOffset> Open { get; private set; } = [];

        /// <summary>Gets the time before which every committed change is in the log.</summary>
        public DateTimeOffset CompleteAsOf { get; private set; } = DateTimeOffset.MinValue;

        public void Settle(DateTimeOffset startedAt, IEnumerable<EventNotice> open, Func<EventNotice, bool> wasLookedAt)
        {
            var next = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            foreach (var notice in open)
            {
                // It was not there when the last pass read the notices, or nothing was there when its partition was read.
                next[notice.Id] = wasLookedAt(notice) ? startedAt : Open.GetValueOrDefault(notice.Id, ListedAt ?? DateTimeOffset.MinValue);
            }

            var completeAsOf = next.Values.Append(startedAt).Min();
            CompleteAsOf = completeAsOf > CompleteAsOf ? completeAsOf : CompleteAsOf;
            (Open, ListedAt) = (next, startedAt);
        }
    }
}

/// <summary>What a pass has found out.</summary>
/// <param name="Lanes">The lanes.</param>
/// <param name="ReadAt">When it ended.</param>
internal sealed record LogKnowledge(IReadOnlyList<LaneKnowledge> Lanes, DateTimeOffset ReadAt);

/// <summary>What a pass has found out about one lane.</summary>
/// <param name="Head">The head of its log.</param>
/// <param name="CompleteAsOf">The time before which every committed change is in the log up to the head.</param>
internal readonly record struct LaneKnowledge(EventLogHead Head, DateTimeOffset CompleteAsOf);
