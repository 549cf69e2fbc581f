using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Ordered log of all events, read with a cursor. It never skips an event, and may repeat one under the same id.</summary>
public sealed class EventLog
{
    private readonly EventLogs _logs;
    private readonly LogWatch _watch;
    private readonly LogCursor _cursors;
    private readonly TimeProvider _timeProvider;

    internal EventLog(EventLogs logs, LogWatch watch, LogCursor cursors, TimeProvider timeProvider)
    {
        _logs = logs;
        _watch = watch;
        _cursors = cursors;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets a value indicating whether the log is kept.</summary>
    public bool IsOn => _logs.IsOn;

    /// <summary>Reads the events after a cursor.</summary>
    /// <param name="cursor">The cursor of an earlier reading; null for the oldest event that is kept.</param>
    /// <param name="max">The maximum number of events.</param>
    /// <param name="wait">How long to wait for an event when there is none; zero answers at once.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer, or the log does not verify.</exception>
    public async Task<EventLogReading> ReadAsync(string? cursor, int max, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        if (!IsOn)
        {
            return new EventLogReading(EventLogOutcome.Off);
        }

        var (positions, outcome) = cursor is null ? (null, EventLogOutcome.Read) : await _cursors.ReadAsync(cursor, cancellationToken);
        if (outcome is not EventLogOutcome.Read)
        {
            return new EventLogReading(outcome);
        }

        var until = _timeProvider.GetUtcNow() + wait;
        var knowledge = await _watch.FreshAsync().WaitAsync(cancellationToken);
        while (true)
        {
            positions ??= [.. knowledge.Lanes.Select(lane => LogPosition.Of(lane.Head, lane.Head.First))];
            var reading = await ReadAsync(positions, knowledge, max, cancellationToken);
            var rest = until - _timeProvider.GetUtcNow();
            if (reading.Outcome is not EventLogOutcome.Read || reading.Events.Count > 0 || rest <= TimeSpan.Zero)
            {
                return reading;
            }

            if (rest < LogWatch.Interval)
            {
                await Task.Delay(rest, _timeProvider, cancellationToken);
                knowledge = await _watch.FreshAsync().WaitAsync(cancellationToken);
            }
            else
            {
                knowledge = await _watch.NextAsync().WaitAsync(cancellationToken);
            }
        }
    }

    /// <summary>Reads the events that were appended to the log at a time or later, for a reader that has no cursor.</summary>
    /// <param name="since">The time. An event is appended soon after its change, by the clock of any instance.</param>
    /// <param name="max">The maximum number of events.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer, or the log does not verify.</exception>
    public async Task<EventLogReading> ReadSinceAsync(DateTimeOffset since, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        if (!IsOn)
        {
            return new EventLogReading(EventLogOutcome.Off);
        }

        var knowledge = await _watch.FreshAsync().WaitAsync(cancellationToken);
        var positions = await Task.WhenAll(knowledge.Lanes.Select(async lane => LogPosition.Of(lane.Head, await FirstSinceAsync(lane.Head, since, cancellationToken))));
        return await ReadAsync(positions, knowledge, max, cancellationToken);
    }

    private async Task<EventLogReading> ReadAsync(LogPosition[] from, LogKnowledge knowledge, int max, CancellationToken cancellationToken)
    {
        if (knowledge.Lanes.Where((lane, i) => !from[i].IsHeldBy(lane.Head)).Any())
        {
            return new EventLogReading(EventLogOutcome.CursorExpired);
        }

        var busy = knowledge.Lanes.Where((lane, i) => from[i].Number < lane.Head.Next).Count();
        var share = busy == 0 ? 0 : Math.Max(1, max / busy);
        var lanes = await Task.WhenAll(knowledge.Lanes.Select((lane, i) => ReadAsync(lane.Head, from[i].Number, share, cancellationToken)));

        // Past a number that is missing nothing can be told; the retention has taken it since.
        if (lanes.Where((rows, i) => rows.Where((row, n) => row.Number != from[i].Number + n).Any() || (rows.Count == 0 && from[i].Number < knowledge.Lanes[i].Head.Next)).Any())
        {
            return new EventLogReading(EventLogOutcome.CursorExpired);
        }

        // The sort is stable and the times of a lane never go back, so what is taken of a lane is its beginning, in its order.
        EventLogRow[] taken = [.. lanes.SelectMany(rows => rows).OrderBy(row => row.At).Take(max)];
        LogPosition[] to = [.. from.Select((position, i) => position with { Number = position.Number + taken.Count(row => row.Lane == i) })];
        var hasMore = to.Where((position, i) => position.Number < knowledge.Lanes[i].Head.Next).Any();
        return new EventLogReading(EventLogOutcome.Read)
        {
            Events = [.. taken.Select(row => new LoggedEvent(row.Event, row.At))],
            Cursor = _cursors.Write(to),
            HasMore = hasMore,
            CompleteAsOf = hasMore ? null : knowledge.Lanes.Min(lane => lane.CompleteAsOf),
            HeldSince = knowledge.Lanes.Max(lane => lane.Head.Began),
            ReadAt = knowledge.ReadAt,
        };
    }

    private async Task<IReadOnlyList<EventLogRow>> ReadAsync(EventLogHead head, long from, int max, CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(max, head.Next - from);
        if (count == 0)
        {
            return [];
        }

        var log = _logs[head.Lane];
        if (log.Tail.From(from, count) is { } known)
        {
            return known;
        }

        var rows = new List<EventLogRow>(count);
        await foreach (var row in log.ReadAsync(head, from, count, cancellationToken))
        {
            rows.Add(row);
            if (rows.Count == count)
            {
                break;
            }
        }

        return rows;
    }

    // The times of a lane never go back, so half of what is left can be left out at each step.
    private async Task<long> FirstSinceAsync(EventLogHead head, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var log = _logs[head.Lane];
        if (since > head.LastAt)
        {
            return head.Next;
        }

        if (log.Tail.FirstSince(since) is { } known)
        {
            return Math.Min(known, head.Next);
        }

        var (low, high) = (head.First, head.Next);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (await log.FindAsync(head, middle, cancellationToken) is { } row && row.At >= since)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
