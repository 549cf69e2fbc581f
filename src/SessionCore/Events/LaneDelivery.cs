using Microsoft.Extensions.Logging;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Delivers what the notices of a lane announce. The cost follows what is undelivered.</summary>
internal sealed partial class LaneDelivery(
    SessionTables tables,
    PartitionDelivery partitions,
    RecentIds recent,
    EventTargets targets,
    EventMetrics metrics,
    TimeProvider timeProvider,
    ILogger<LaneDelivery> logger)
{
    private const int PageRows = 500;
    private const int MaxPages = 4;
    private const int Parallelism = 16;

    // A change follows its notice within a request; one that is still on its way is waited for. Longer than the deadline of a request and
    // the difference of two clocks: no change is acknowledged whose notice was put off before (the log's completeness stands on it).
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(5);

    // Storage takes no request that was signed more than 15 minutes ago, so nothing comes after the last look.
    private static readonly TimeSpan[] LaterLooks = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30)];

    private readonly ITable _due = tables.Due;
    private readonly Recall[] _recalls = [.. targets.All.Select(target => new Recall(tables.Due, target))];
    private readonly WaitingEvent?[] _oldest = new WaitingEvent?[EventNotice.Lanes];

    /// <summary>Looks once at a lane.</summary>
    /// <returns>The number of notices that are done with.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer; the next look continues.</exception>
    public async ValueTask<int> DeliverAsync(int lane, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var due = await ReadDueAsync(lane, now, cancellationToken);
        var looks = new List<LaneLook>(await LookAsync(due, recalled: null, cancellationToken));

        // A lane that is behind has no time for more.
        foreach (var recall in due.Count < Recall.PageRows ? _recalls : [])
        {
            if (await recall.ReadAsync(lane, now, cancellationToken) is { } waiting)
            {
                looks.AddRange(await LookAsync(waiting, recall.Target, cancellationToken));
                if (!recall.Target.IsFailing)
                {
                    Forget(lane); // what was the oldest may be delivered
                }
            }
        }

        TellOldest(lane, now, looks);
        return looks.Sum(look => look.Done);
    }

    /// <summary>Forgets what waits in a lane that another instance may deliver now.</summary>
    public void Forget(int lane) => _oldest[lane] = null;

    // One that pauses is not looked at, and is the oldest still.
    private void TellOldest(int lane, DateTimeOffset now, IEnumerable<LaneLook> looks)
    {
        var paused = _oldest[lane] is { } known && known.RetryAt > now ? _oldest[lane] : null;
        _oldest[lane] = looks.Select(look => look.Oldest).Append(paused).MinBy(waiting => waiting?.At);
        metrics.Oldest(lane, _oldest[lane] is { } oldest ? now - oldest.At : TimeSpan.Zero);
    }

    private async Task<LaneLook[]> LookAsync(IReadOnlyList<EventNotice> notices, GuardedTarget? recalled, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(Parallelism);
        return await Task.WhenAll(notices
            .GroupBy(notice => notice.PartitionKey, StringComparer.Ordinal)
            .Select(async group =>
            {
                await places.WaitAsync(cancellationToken);
                try
                {
                    return await DeliverAsync([.. group], recalled, cancellationToken);
                }
                finally
                {
                    places.Release();
                }
            }));
    }

    private async Task<LaneLook> DeliverAsync(EventNotice[] notices, GuardedTarget? recalled, CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            var pending = await partitions.DeliverAsync(notices[0].PartitionKey, recalled, cancellationToken);
            foreach (var notice in notices)
            {
                done += await SettleAsync(notice, pending, cancellationToken) ? 1 : 0;
            }

            return new LaneLook(done, pending.Oldest);
        }
        catch (StoreUnavailableException exception)
        {
            // One partition that does not answer keeps no other from being delivered; its notices stay.
            LogStoreFault(logger, exception);
            return new LaneLook(done, Oldest: null);
        }
    }

    private async ValueTask<IReadOnlyList<EventNotice>> ReadDueAsync(int lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = EventNotice.RangeOf(lane, now);
        var query = new TableQuery { PartitionFrom = from, PartitionTo = to, PageSize = PageRows };
        var notices = new List<EventNotice>();
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await _due.QueryAsync(query, cancellationToken);
            notices.AddRange(EventNotice.ReadAll(page).Where(notice => notice.At <= now));
            query = query with { Continuation = page.Continuation };
            if (query.Continuation is null)
            {
                break;
            }
        }

        return notices;
    }

    private async ValueTask<bool> SettleAsync(EventNotice notice, PendingEvents pending, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (pending.RetryOf(notice) is { } retryAt)
        {
            await MoveAsync(notice, notice with { At = Later(retryAt, now), Looks = 0 }, cancellationToken);
            return false;
        }

        // Its events, or some of them, may be behind those that were read.
        if (!pending.IsWhole)
        {
            await MoveAsync(notice, notice with { At = Later(pending.NextAt ?? now, now), Looks = 0 }, cancellationToken);
            return pending.IsFinished(notice);
        }

        if (pending.IsFinished(notice) || recent.Contains(notice.Id))
        {
            return await RemoveAsync(notice, cancellationToken);
        }

        // One that was recalled before its time has not been looked at for as long as it must be.
        if (notice.At > now || (notice.Looks == 0 && now - notice.At < OnItsWay))
        {
            return false;
        }

        if (notice.Looks >= LaterLooks.Length)
        {
            return await RemoveAsync(notice, cancellationToken);
        }

        await MoveAsync(notice, notice with { At = now + LaterLooks[notice.Looks], Looks = notice.Looks + 1 }, cancellationToken);
        return false;
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset now) => at > now ? at : now;

    private async ValueTask<bool> RemoveAsync(EventNotice notice, CancellationToken cancellationToken) =>
        (await _due.WriteAsync(notice.Removal(), cancellationToken)).IsWritten;

    // The new one comes first, so an event is always announced.
    private async ValueTask MoveAsync(EventNotice from, EventNotice to, CancellationToken cancellationToken)
    {
        if (to == from)
        {
            return;
        }

        if (to.Bucket == from.Bucket)
        {
            _ = await _due.WriteAsync(TableWrite.Replace(to.ToRow(), from.ETag!), cancellationToken); // as read, so it has a tag
            return;
        }

        _ = await _due.WriteAsync(TableWrite.Insert(to.ToRow()), cancellationToken);
        _ = await RemoveAsync(from, cancellationToken);
    }

    [LoggerMessage(1711, LogLevel.Warning, "The store did not answer during the delivery of events of a partition; the next look continues")]
    private static partial void LogStoreFault(ILogger logger, Exception exception);
}

/// <summary>What a look at a partition came to.</summary>
/// <param name="Done">The number of notices that are done with.</param>
/// <param name="Oldest">The oldest event that is left; null when none is, or it is not known.</param>
internal readonly record struct LaneLook(int Done, WaitingEvent? Oldest);
