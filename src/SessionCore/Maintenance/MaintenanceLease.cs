using System.Globalization;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Lease of a range for a run. Every write is conditional, so a late holder notices the loss.</summary>
/// <remarks>
/// The lease avoids duplicate work. It does not make the work safe: a holder may pause between checking the lease and a write, so every
/// write to the store is itself conditional.
/// </remarks>
internal sealed class MaintenanceLease
{
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(1);

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

    /// <summary>Gets the fencing token.</summary>
    public long Fence => _row.Fence;

    /// <summary>Gets the counts of the range in this run, kept across holders.</summary>
    public MaintenanceTally Tally => _row.Tally;

    /// <summary>Gets or sets the checkpoint, which is saved with the next renewal.</summary>
    public string? Checkpoint { get; set; }

    /// <summary>Tries to take the lease of a range for a run.</summary>
    /// <returns>Null when another holder has it, the range is done, or it belongs to a newer run.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The table does not answer; the lease may have been taken, and then expires.
    /// </exception>
    public static async ValueTask<MaintenanceLease?> TryTakeAsync(
        MaintenanceStore store, string job, int index, long runId, CancellationToken cancellationToken)
    {
        var row = await store.Table.FindAsync(RangeRow.PartitionKey, RangeRow.RowKeyOf(job, index), cancellationToken);
        var now = store.Time.GetUtcNow();
        var found = row is not null && RangeRow.Read(row, job) is { } range && IsPlausible(range, now, store.LeaseTime) ? range : null;
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
            ETag = row?.ETag,
        };
        var lease = new MaintenanceLease(store.Table, store.Time, store.LeaseTime, taken);
        return await lease.WriteAsync(taken, cancellationToken) ? lease : null;
    }

    /// <summary>Renews the lease after a third of its time.</summary>
    /// <returns>False when another holder has it; the caller must stop.</returns>
    public ValueTask<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var rest = _row.ExpiresAt - _timeProvider.GetUtcNow();
        return !_isLost && rest > _leaseTime * 2 / 3 && rest <= _leaseTime
            ? ValueTask.FromResult(true)
            : WriteAsync(Now() with { ExpiresAt = _timeProvider.GetUtcNow() + _leaseTime }, cancellationToken);
    }

    /// <summary>Renews the lease at once, so that checkpoint and counts are saved.</summary>
    /// <returns>False when another holder has it; the caller must stop.</returns>
    public ValueTask<bool> SaveAsync(CancellationToken cancellationToken) =>
        WriteAsync(Now() with { ExpiresAt = _timeProvider.GetUtcNow() + _leaseTime }, cancellationToken);

    /// <summary>Marks the range as done and releases the lease.</summary>
    public ValueTask<bool> CompleteAsync(CancellationToken cancellationToken) =>
        WriteAsync(Released() with { IsDone = true, Checkpoint = null }, cancellationToken);

    /// <summary>Releases the lease; the next holder continues from the checkpoint.</summary>
    public ValueTask<bool> ReleaseAsync(CancellationToken cancellationToken) => WriteAsync(Released(), cancellationToken);

    // What no instance can have written holds up nobody: a lease or a run far in the future, by a wrong clock or by something else than
    // this service.
    private static bool IsPlausible(RangeRow range, DateTimeOffset now, TimeSpan leaseTime) =>
        range.ExpiresAt - now <= leaseTime + ClockError && range.RunId <= (now + ClockError).ToUnixTimeMilliseconds() && range.Fence < long.MaxValue;

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

        // The answer of an applied write may have been lost. The owner name is unique, so the row shows it.
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

/// <summary>Row of a range of a job: run, holder, expiry and checkpoint.</summary>
internal sealed record RangeRow
{
    /// <summary>The partition of all maintenance rows, which sorts after the users' partitions (hex).</summary>
    public const string PartitionKey = "~maintenance";

    public required string Job { get; init; }

    public required int Index { get; init; }

    /// <summary>Gets the run that last worked on the range.</summary>
    public required long RunId { get; init; }

    /// <summary>Gets a value indicating whether that run has finished the range.</summary>
    public bool IsDone { get; init; }

    /// <summary>Gets the holder; empty for none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Gets the fencing token, which increases with each holder.</summary>
    public required long Fence { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Gets where the next holder continues; null for the beginning.</summary>
    public string? Checkpoint { get; init; }

    public MaintenanceTally Tally { get; init; } = new();

    public string? ETag { get; init; }

    public static string RowKeyOf(string job, int index) => string.Create(CultureInfo.InvariantCulture, $"{job}-{index:d3}");

    /// <summary>Returns the query for all ranges of a job; '.' sorts after '-'.</summary>
    public static TableQuery QueryOf(string job) => new() { PartitionKey = PartitionKey, RowFrom = job + "-", RowTo = job + "." };

    public static RangeRow? Read(TableRow row, string job) =>
        row.GetInt64("run") is { } run
        && row.GetInt64("fence") is { } fence
        && row.RowKey.Length > job.Length
        && int.TryParse(row.RowKey.AsSpan(job.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new RangeRow
            {
                Job = job,
                Index = index,
                RunId = run,
                IsDone = row.GetBoolean("done") ?? false,
                Owner = row.GetString("owner") ?? "",
                Fence = fence,
                ExpiresAt = row.GetTime("expires") ?? DateTimeOffset.UnixEpoch,
                Checkpoint = row.GetString("checkpoint"),
                Tally = MaintenanceTally.Read(row),
                ETag = row.ETag,
            }
            : null;

    public TableRow ToRow() => Tally.WriteTo(new TableRow(PartitionKey, RowKeyOf(Job, Index))
        .Set("run", RunId)
        .Set("done", IsDone)
        .Set("owner", Owner)
        .Set("fence", Fence)
        .Set("expires", ExpiresAt)
        .Set("checkpoint", Checkpoint));

    /// <summary>Returns the write that replaces the row as read.</summary>
    public TableWrite ToWrite() => ETag is null ? TableWrite.Insert(ToRow()) : TableWrite.Replace(ToRow(), ETag);
}

/// <summary>Table, clock and lease duration of the maintenance rows.</summary>
internal sealed record MaintenanceStore(ITable Table, TimeProvider Time, TimeSpan LeaseTime);
