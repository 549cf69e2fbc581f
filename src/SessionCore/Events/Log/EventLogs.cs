using Microsoft.Extensions.Options;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Event logs of all lanes.</summary>
internal sealed class EventLogs : IDisposable
{
    private static readonly TimeSpan TrimInterval = TimeSpan.FromMinutes(1);

    private readonly LaneLog[] _lanes;
    private readonly DateTimeOffset[] _nextTrim = new DateTimeOffset[EventNotice.Lanes];
    private readonly PartitionEvents _partitions;
    private readonly IOptions<EventOptions> _options;
    private readonly TimeProvider _timeProvider;

    public EventLogs(
        SessionTables tables, GenuineRows genuine, RowTags tags, PartitionEvents partitions, IOptions<EventOptions> options, TimeProvider timeProvider)
    {
        _lanes = [.. Enumerable.Range(0, EventNotice.Lanes).Select(lane => new LaneLog(lane, tables, genuine, tags, timeProvider))];
        _partitions = partitions;
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <summary>Gets a value indicating whether the log is kept.</summary>
    public bool IsOn => _options.Value.KeepsLog;

    public LaneLog this[int lane] => _lanes[lane];

    /// <summary>Sees to it that the log has the events of a partition before they are delivered, and so may be removed.</summary>
    /// <param name="partitionKey">The partition.</param>
    /// <param name="rows">The events that were read.</param>
    /// <param name="isWhole">Whether they are all of the partition.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">It is not certain that the log has them.</exception>
    public async ValueTask KeepAsync(string partitionKey, IReadOnlyList<EventRow> rows, bool isWhole, CancellationToken cancellationToken)
    {
        if (!IsOn || rows.Count == 0)
        {
            return;
        }

        // The log gets a change with all of its events.
        var all = isWhole ? EventOrder.Of(rows, isWhole) : await _partitions.ReadAsync(partitionKey, cancellationToken);
        await _lanes[EventNotice.LaneOf(partitionKey)].AppendAsync(New(all), cancellationToken);
    }

    /// <summary>Returns the events that no target was tried for, and which the log therefore may lack.</summary>
    public static IReadOnlyList<EventRow> New(IReadOnlyList<EventRow> rows) => [.. rows.Where(row => row.Owed is null)];

    /// <summary>Removes some of a lane's rows that are past the retention; does nothing when it did lately.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer; the next call continues.</exception>
    public async ValueTask TrimAsync(int lane, CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        if (!IsOn || now < _nextTrim[lane])
        {
            return;
        }

        _nextTrim[lane] = now + TrimInterval;
        if (await _lanes[lane].TrimAsync(_options.Value.Log.Retention, cancellationToken))
        {
            _nextTrim[lane] = now;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }
}
