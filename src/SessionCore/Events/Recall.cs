using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Finds what waits for a target before its pause is over: all of it once the target answers again, a little of it to probe whether it does.</summary>
/// <remarks>A page of a lane at a time, so that new events get their turn. It ends when the target is down again, and begins anew when it answers.</remarks>
internal sealed class Recall(ITable due, GuardedTarget target)
{
    /// <summary>The most notices of a page.</summary>
    public const int PageRows = 100;

    private const int ProbeRows = 5;

    private readonly Lane[] _lanes = new Lane[EventNotice.Lanes];

    public GuardedTarget Target => target;

    /// <summary>Returns notices of a lane that are not due yet; null when there is nothing to recall.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer; the next reading continues.</exception>
    public async ValueTask<IReadOnlyList<EventNotice>?> ReadAsync(int lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = _lanes[lane];
        if (state.Recoveries != target.Recoveries)
        {
            state = state with { Recoveries = target.Recoveries, Next = Begin(lane, now, PageRows) };
        }

        if (target.IsFailing)
        {
            // New events probe it too, but there may be none.
            var isTime = now >= state.ProbeAt;
            _lanes[lane] = isTime ? state with { ProbeAt = now + GuardedTarget.Break } : state;
            return isTime ? EventNotice.ReadAll(await due.QueryAsync(Begin(lane, now, ProbeRows), cancellationToken)) : null;
        }

        // Kept only once the page is read.
        var page = state.Next is { } query ? await due.QueryAsync(query, cancellationToken) : null;
        _lanes[lane] = state with { Next = page?.Continuation is { } continuation ? state.Next! with { Continuation = continuation } : null };
        return page is null ? null : EventNotice.ReadAll(page);
    }

    private static TableQuery Begin(int lane, DateTimeOffset now, int rows)
    {
        var (from, to) = EventNotice.RangeAfter(lane, now);
        return new TableQuery { PartitionFrom = from, PartitionTo = to, PageSize = rows };
    }

    private readonly record struct Lane(int Recoveries, TableQuery? Next, DateTimeOffset ProbeAt);
}
