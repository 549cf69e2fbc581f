using System.Runtime.CompilerServices;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Event log of one lane, as this process knows it. Any instance may append; of two that do, one fails and learns.</summary>
internal sealed class LaneLog(int lane, SessionTables tables, GenuineRows genuine, RowTags tags, TimeProvider timeProvider) : IDisposable
{
    // Each conflict means that another instance has appended.
    private const int MaxConflicts = 20;

    // What is further behind is not caught up with, but begun with the last rows.
    private const int MaxCatchUp = 5000;

    private readonly ITable _due = tables.Due;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly RecentIds _events = new();
    private readonly RecentIds _changes = new();
    private EventLogHead? _head;
    private bool _isCurrent;

    /// <summary>Gets the last known head; null before the first call. It covers every change that <see cref="HasChange"/> knew before.</summary>
    public EventLogHead? Head => Volatile.Read(ref _head);

    /// <summary>Gets the last rows.</summary>
    public LogTail Tail { get; } = new();

    /// <summary>Whether the log has the events of a change. Not certain the other way: what is long ago is forgotten.</summary>
    public bool HasChange(string noticeId) => _changes.Contains(noticeId);

    /// <summary>Reads what other instances have appended.</summary>
    /// <returns>The head.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer, or a row does not verify.</exception>
    public async ValueTask<EventLogHead> RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await RefreshInTurnAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Appends events that the log does not have, in their order.</summary>
    /// <param name="rows">The events; all of a change, or none of them.</param>
    /// <param name="cancellationToken">Cancels the wait; some may have been appended.</param>
    /// <exception cref="StoreUnavailableException">It is not certain that the log has them.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        if (Missing(rows).Length == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var head = _head is not null && _isCurrent ? _head : await RefreshInTurnAsync(cancellationToken);
            for (var conflicts = 0; Missing(rows) is { Length: > 0 } missing;)
            {
                if (await TryAppendAsync(head, LogBatch.First(missing), cancellationToken) is { } next)
                {
                    head = next;
                    continue;
                }

                if (++conflicts > MaxConflicts)
                {
                    throw new StoreUnavailableException("The event log is changed by other instances all the time. Try again.");
                }

                head = await RefreshInTurnAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Removes the oldest rows that are past the retention, at most a page.</summary>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer; the next call continues.</exception>
    public async ValueTask<bool> TrimAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var head = await RefreshInTurnAsync(cancellationToken);
            var query = new TableQuery { PartitionKey = head.PartitionKey, RowTo = EventLogRow.RowKeyOf(head.Next), PageSize = TableRules.MaxTransactionRows };
            var page = await _due.QueryAsync(query, cancellationToken);
            var until = timeProvider.GetUtcNow() - retention;
            var old = page.Rows
                .Select(row => (Row: row, Log: EventLogRow.Read(lane, row)))
                .TakeWhile(pair => pair.Log is not { } log || log.Number < head.First || log.At < until)
                .ToArray();
            if (old.Length == 0)
            {
                return page.Continuation is not null && page.Rows.Count == 0;
            }

            // Readers have to find it gone, so the head says it first.
            if (old[^1].Log is { } last && last.Number >= head.First
                && !await TryReplaceAsync(head with { First = last.Number + 1, Began = last.At > head.Began ? last.At : head.Began }, cancellationToken))
            {
                return true;
            }

            // Another instance may have removed them.
            _ = await _due.WriteAllAsync([.. old.Select(pair => TableWrite.Delete(pair.Row.PartitionKey, pair.Row.RowKey, pair.Row.ETag!))], cancellationToken); // as read
            return old.Length == page.Rows.Count && page.Continuation is not null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads rows of the log up to its head.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer, or a row does not verify: nobody knows what it told.</exception>
    public async IAsyncEnumerable<EventLogRow> ReadAsync(
        EventLogHead head, long from, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (from >= head.Next)
        {
            yield break;
        }

        var query = new TableQuery
        {
            PartitionKey = head.PartitionKey,
            RowFrom = EventLogRow.RowKeyOf(from),
            RowTo = EventLogRow.RowKeyOf(head.Next),
            PageSize = Math.Min(pageSize, TableRules.MaxPageRows),
        };
        do
        {
            var page = await _due.QueryAsync(query, cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return await genuine.ReadLogAsync(lane, row, cancellationToken)
                    ?? throw new StoreUnavailableException("A row of the event log does not verify: something else than this service wrote it. Delete the row 'head' of its partition of the due table; the log then begins anew.");
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }

    /// <summary>Reads one row; null when it is gone.</summary>
    public async ValueTask<EventLogRow?> FindAsync(EventLogHead head, long number, CancellationToken cancellationToken) =>
        await _due.FindAsync(head.PartitionKey, EventLogRow.RowKeyOf(number), cancellationToken) is { } row
            ? await genuine.ReadLogAsync(lane, row, cancellationToken)
            : null;

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private EventRow[] Missing(IReadOnlyList<EventRow> rows) => [.. rows.Where(row => !_events.Contains(row.Event.Id))];

    private async ValueTask<EventLogHead?> TryAppendAsync(EventLogHead head, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var at = now > head.LastAt ? now : head.LastAt;
        var logged = rows.Select((row, i) => new EventLogRow(lane, head.Next + i, at, row.Event)).ToArray();
        var next = head with { Next = head.Next + logged.Length, LastAt = at };

        // Until the answer is there, nobody knows what the head is.
        _isCurrent = false;
        var result = await _due.WriteAllAsync([next.ToWrite(tags), .. logged.Select(row => row.ToWrite(tags))], cancellationToken);
        if (!result.IsWritten)
        {
            return null;
        }

        Set(next with { ETag = result.ETags?[0] }, isCurrent: result.ETags is not null);
        Learn(logged);
        return _head;
    }

    private async ValueTask<bool> TryReplaceAsync(EventLogHead next, CancellationToken cancellationToken)
    {
        _isCurrent = false;
        var result = await _due.WriteAsync(next.ToWrite(tags), cancellationToken);
        if (result.IsWritten)
        {
            Set(next with { ETag = result.ETag }, isCurrent: true);
        }

        return result.IsWritten;
    }

    private async ValueTask<EventLogHead> RefreshInTurnAsync(CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        var follows = _head is { } known && known.Log == head.Log && head.Next >= known.Next && head.Next - known.Next <= MaxCatchUp;
        var from = Math.Max(head.First, follows ? _head!.Next : head.Next - LogTail.MinRows); // it follows the one that is known
        var rows = new List<EventLogRow>();
        await foreach (var row in ReadAsync(head, from, TableRules.MaxPageRows, cancellationToken))
        {
            rows.Add(row);
        }

        Set(head, isCurrent: true);
        if (!follows)
        {
            Tail.Clear();
        }

        Learn(rows);
        return head;
    }

    private void Set(EventLogHead head, bool isCurrent)
    {
        Volatile.Write(ref _head, head);
        _isCurrent = isCurrent;
    }

    // After the head is set: a change that is known to be in the log lies before the head.
    private void Learn(IReadOnlyList<EventLogRow> rows)
    {
        foreach (var row in rows)
        {
            _events.Add(row.Event.Id);
            _changes.Add(EventRow.NoticeIdOf(row.Event));
            Tail.Add(row);
        }
    }

    private async ValueTask<EventLogHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        for (var retry = new ConflictRetry(timeProvider: null, "The head of the event log", MaxConflicts); ; await retry.NextAsync(cancellationToken))
        {
            var row = await _due.FindAsync(EventLogHead.PartitionOf(lane), EventLogHead.RowKey, cancellationToken);
            if (row is not null && await genuine.ReadLogHeadAsync(lane, row, cancellationToken) is { } head)
            {
                return head;
            }

            // A head that is not genuine says nothing, so the log begins anew, and readers learn that it did.
            var begun = EventLogHead.Begin(lane, timeProvider.GetUtcNow(), row?.ETag);
            var result = await _due.WriteAsync(begun.ToWrite(tags), cancellationToken);
            if (result.IsWritten)
            {
                return begun with { ETag = result.ETag };
            }
        }
    }
}
