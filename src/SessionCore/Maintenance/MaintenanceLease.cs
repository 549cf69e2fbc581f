using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>A range held for a run, until it expires. Every write of it is conditional, so a holder that was overtaken finds out.</summary>
/// <remarks>
/// It keeps work from being done twice. It does not make the work safe: a holder may be paused between a look at it and a write, so
/// every write to the store is conditional in itself.
/// </remarks>
internal sealed class MaintenanceLease
{
    private readonly ITable _table;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _leaseTime;
    private RangeRow _row;
    private bool _isLost;

    private MaintenanceLease(ITable table, TimeProvider timeProvider, TimeSpan leaseTime, RangeRow row)
    {
        _table = table;
        _timeProvider = timeProvider;
        _leaseTime = leaseTime;
        _row = row;
        Checkpoint = row.Checkpoint;
    }

    /// <summary>Gets the fencing number.</summary>
    public long Fence => _row.Fence;

    /// <summary>Gets the counts of the range in this run, kept across holders.</summary>
    public MaintenanceTally Tally => _row.Tally;

    /// <summary>Gets or sets how far the work has come; it is saved with the next renewal.</summary>
    public string? Checkpoint { get; set; }

    /// <summary>Takes a range for a run.</summary>
    /// <returns>Null when it is held by somebody, is through, or belongs to a newer run.</returns>
    /// <exception cref="StoreUnavailableException">The table cannot tell; if it was taken, it expires.</exception>
    public static async ValueTask<MaintenanceLease?> TryTakeAsync(
        MaintenanceStore store, string job, int index, long runId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(store.Table, job, index, cancellationToken);
        var now = store.Time.GetUtcNow();
        if (found is not null && (found.RunId > runId || (found.RunId == runId && found.IsDone) || (found.Owner.Length > 0 && now < found.ExpiresAt)))
        {
            return null;
        }

        var taken = new RangeRow
        {
            Job = job,
            Index = index,
            RunId = runId,
            Owner = SessionLocator.Hex(SessionLocator.NewId()),
            Fence = (found?.Fence ?? 0) + 1,
            ExpiresAt = now + store.LeaseTime,
            Checkpoint = found is { IsDone: false } ? found.Checkpoint : null,
            Tally = found?.RunId == runId ? found.Tally : new MaintenanceTally(),
            ETag = found?.ETag,
        };
        var lease = new MaintenanceLease(store.Table, store.Time, store.LeaseTime, taken);
        return await lease.WriteAsync(taken, cancellationToken) ? lease : null;
    }

    /// <summary>Renews it when a third of its time has gone by.</summary>
    /// <returns>False when somebody else has it: the caller stops.</returns>
    public ValueTask<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var rest = _row.ExpiresAt - _timeProvider.GetUtcNow();
        return !_isLost && rest > _leaseTime * 2 / 3 && rest <= _leaseTime
            ? ValueTask.FromResult(true)
            : WriteAsync(Now() with { ExpiresAt = _timeProvider.GetUtcNow() + _leaseTime }, cancellationToken);
    }

    /// <summary>Says that the run is through with the range, and gives it back.</summary>
    public ValueTask<bool> CompleteAsync(CancellationToken cancellationToken) =>
        WriteAsync(Released() with { IsDone = true, Checkpoint = null }, cancellationToken);

    /// <summary>Gives it back as it is; the next holder goes on from the checkpoint.</summary>
    public ValueTask<bool> ReleaseAsync(CancellationToken cancellationToken) => WriteAsync(Released(), cancellationToken);

    private static async ValueTask<RangeRow?> FindAsync(ITable table, string job, int index, CancellationToken cancellationToken) =>
        await table.FindAsync(RangeRow.PartitionKey, RangeRow.RowKeyOf(job, index), cancellationToken) is { } row ? RangeRow.Read(row, job) : null;

    private RangeRow Now() => _row with { Checkpoint = Checkpoint };

    private RangeRow Released() => Now() with { Owner = "", ExpiresAt = DateTimeOffset.UnixEpoch };

    private async ValueTask<bool> WriteAsync(RangeRow next, CancellationToken cancellationToken)
    {
        if (_isLost)
        {
            return false;
        }

        var result = await _table.WriteAsync(next.ToWrite(), cancellationToken);
        if (result.IsWritten)
        {
            _row = next with { ETag = result.ETag };
            return true;
        }

        // The store may have applied it and lost the answer. Nobody else writes under this name.
        if (result.Uncertain
            && await FindAsync(_table, next.Job, next.Index, cancellationToken) is { } found
            && found.Fence == next.Fence && found.Owner == next.Owner && found.ExpiresAt == next.ExpiresAt && found.IsDone == next.IsDone)
        {
            _row = next with { ETag = found.ETag };
            return true;
        }

        _isLost = true;
        return false;
    }
}
