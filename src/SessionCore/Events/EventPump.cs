using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Events.Log;
using SessionCore.Maintenance;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events;

/// <summary>Delivers events. Instances divide the lanes by leases, so that each session's events are delivered by one at a time.</summary>
/// <remarks>A host calls <see cref="RunOnceAsync(CancellationToken)"/> again and again, and <see cref="ReleaseAsync"/> when it stops.</remarks>
public sealed partial class EventPump : IDisposable
{
    /// <summary>The number of lanes.</summary>
    public const int Lanes = EventNotice.Lanes;

    // The lease of a lane is of no run: it is taken as long as events are on.
    private const long Run = 1;
    private const string Job = "events";

    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TakeInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainInterval = TimeSpan.FromSeconds(1);
    private static readonly int[] AllLanes = [.. Enumerable.Range(0, EventNotice.Lanes)];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LaneDelivery _lanes;
    private readonly ParkedEvents _parked;
    private readonly EventLogs _logs;
    private readonly MaintenanceStore _store;
    private readonly IOptions<EventOptions> _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<EventPump> _logger;
    private readonly MaintenanceLease?[] _leases = new MaintenanceLease?[EventNotice.Lanes];
    private readonly DateTimeOffset[] _nextTake = new DateTimeOffset[EventNotice.Lanes];

    internal EventPump(
        LaneDelivery lanes,
        ParkedEvents parked,
        EventLogs logs,
        SessionTables tables,
        IOptions<EventOptions> options,
        TimeProvider timeProvider,
        ILogger<EventPump> logger)
    {
        _lanes = lanes;
        _parked = parked;
        _logs = logs;
        _store = new MaintenanceStore(tables.Sessions, timeProvider, LeaseTime);
        _options = options;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>Gets a value indicating whether events are on.</summary>
    public bool IsOn => _options.Value.Enabled;

    /// <summary>Looks once at each lane that this instance holds or can take. A second caller waits for the first.</summary>
    /// <returns>The number of changes whose events are delivered.</returns>
    public Task<int> RunOnceAsync(CancellationToken cancellationToken) => RunOnceAsync(lanes: null, cancellationToken);

    /// <summary>Looks once at each of some lanes that this instance holds or can take. A second caller waits for the first.</summary>
    /// <param name="lanes">The lanes; null for all.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The number of changes whose events are delivered.</returns>
    public async Task<int> RunOnceAsync(IReadOnlyCollection<int>? lanes, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return 0;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var delivered = await Task.WhenAll((lanes ?? AllLanes).Select(lane => RunLaneAsync(lane, cancellationToken)));
            return delivered.Sum();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Delivers what is there and gives the lanes back, for a host that is called and does not look by itself.</summary>
    /// <param name="lanes">The lanes; null for all.</param>
    /// <param name="patience">How long it may take. A lane that another instance holds is tried again until then: what it read may be older.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task DrainAsync(IReadOnlyCollection<int>? lanes, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var until = _timeProvider.GetUtcNow() + patience;
            await Task.WhenAll((lanes ?? AllLanes).Select(lane => DrainLaneAsync(lane, until, cancellationToken)));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Gives the lanes back, so that another instance takes them at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in AllLanes)
        {
            await ReleaseLaneAsync(lane, cancellationToken);
        }
    }

    /// <summary>Returns how many events are parked, at most 1,000.</summary>
    public ValueTask<int> CountParkedAsync(CancellationToken cancellationToken) => _parked.CountAsync(cancellationToken);

    /// <summary>Gives parked events back to delivery.</summary>
    /// <returns>The number of events.</returns>
    /// <exception cref="StoreUnavailableException">Some may have been given back.</exception>
    public ValueTask<int> ReplayAsync(CancellationToken cancellationToken) => _parked.ReplayAsync(cancellationToken);

    private async Task DrainLaneAsync(int lane, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var isFirst = true; isFirst || _timeProvider.GetUtcNow() < until; isFirst = false)
        {
            _nextTake[lane] = DateTimeOffset.MinValue;
            while (await RunLaneAsync(lane, cancellationToken) > 0 && _timeProvider.GetUtcNow() < until)
            {
                // There may be more.
            }

            if (_leases[lane] is not null)
            {
                await ReleaseLaneAsync(lane, cancellationToken);
                return;
            }

            await Task.Delay(DrainInterval, _timeProvider, cancellationToken);
        }
    }

    private async ValueTask ReleaseLaneAsync(int lane, CancellationToken cancellationToken)
    {
        if (_leases[lane] is { } lease)
        {
            Lose(lane);
            await lease.ReleaseAsync(cancellationToken);
        }
    }

    private async Task<int> RunLaneAsync(int lane, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsHeldAsync(lane, cancellationToken))
            {
                return 0;
            }

            await _logs.TrimAsync(lane, cancellationToken);
            return await _lanes.DeliverAsync(lane, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            LogStoreFault(_logger, lane, exception);
            return 0;
        }
    }

    private void Lose(int lane)
    {
        _leases[lane] = null;
        _lanes.Forget(lane);
    }

    private async ValueTask<bool> IsHeldAsync(int lane, CancellationToken cancellationToken)
    {
        if (_leases[lane] is { } held)
        {
            if (await held.KeepAsync(cancellationToken))
            {
                return true;
            }

            Lose(lane);
        }

        var now = _timeProvider.GetUtcNow();
        if (now < _nextTake[lane])
        {
            return false;
        }

        _nextTake[lane] = now + TakeInterval;
        _leases[lane] = await MaintenanceLease.TryTakeAsync(_store, Job, lane, Run, cancellationToken);
        return _leases[lane] is not null;
    }

    [LoggerMessage(1721, LogLevel.Warning, "The store did not answer during the delivery of events, lane {Lane}; the next look continues")]
    private static partial void LogStoreFault(ILogger logger, int lane, Exception exception);
}
