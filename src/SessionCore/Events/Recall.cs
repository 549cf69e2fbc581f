using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Finds what waits for a target once it answers again, so that nothing waits for the end of its pause.</summary>
/// <remarks>A page of a lane at a time, so that new events get their turn. It ends when the target is down again, and begins anew when it answers.</remarks>
internal sealed class Recall(GuardedTarget target)
{
    private const int PageRows = 500;

    private readonly Lane[] _lanes = new Lane[EventNotice.Lanes];

    public GuardedTarget Target => target;

    /// <summary>Returns the query of the next page of notices of a lane that are not due yet; null when there is nothing to recall.</summary>
    public TableQuery? NextOf(int lane, DateTimeOffset now)
    {
        ref var state = ref _lanes[lane];
        var recoveries = target.Recoveries;
        if (recoveries != state.Recoveries)
        {
            var (from, to) = EventNotice.RangeAfter(lane, now);
            state = new Lane(recoveries, new TableQuery { PartitionFrom = from, PartitionTo = to, PageSize = PageRows });
        }

        return target.IsFailing ? null : state.Next;
    }

    /// <summary>Notes up to where the lane has been recalled.</summary>
    public void Advance(int lane, string? continuation)
    {
        ref var state = ref _lanes[lane];
        state = state with { Next = continuation is null ? null : state.Next! with { Continuation = continuation } }; // it was read, so it is there
    }

    private readonly record struct Lane(int Recoveries, TableQuery? Next);
}
