using System.Text;
using SessionChecking.Faults;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support;
using Support.Events;
using Support.Tables;
using Support.Time;

namespace SessionChecking.Events;

/// <summary>
/// A history of chance: changes by two instances, calls and answers that are lost, writes that come late, instances that die between any
/// two steps, a target that is down for a while. In the end everything works, and delivery has to be complete.
/// </summary>
/// <remarks>A seed gives the same order of steps and faults. The ids are drawn anew, so a fault that depends on them may need several runs.</remarks>
internal sealed class EventHistory
{
    private const int Steps = 40;
    private const int FinalLooks = 400;

    // Storage refuses a request that was signed more than 15 minutes ago.
    private static readonly TimeSpan LatestWrite = TimeSpan.FromMinutes(15);

    private static readonly IReadOnlyList<KeyOptions> Keys = KeyRing.Random();

    private readonly Dice _dice;
    private readonly ManualTimeProvider _time = new();
    private readonly EventTruth _truth = new();
    private readonly RecordingTarget _target = new();
    private readonly List<(InMemoryTable Table, IReadOnlyList<TableWrite> Writes, DateTimeOffset At)> _late = [];
    private readonly List<SessionId> _known = [];
    private readonly List<string> _breaches = [];
    private readonly LogFollower? _follower;
    private readonly InMemoryTable _sessions;
    private readonly InMemoryTable _due;
    private readonly SessionTables _tables;
    private readonly PastFaults _past = new();
    private bool _isCalm;
    private bool _isLate;

    /// <summary>Prepares a history.</summary>
    /// <param name="seed">What chance begins with.</param>
    /// <param name="plant">Puts a fault beneath the core; null for none.</param>
    /// <param name="withLog">Whether the event log is kept, and a reader follows it.</param>
    public EventHistory(ulong seed, Func<SessionTables, SessionTables>? plant = null, bool withLog = false)
    {
        _follower = withLog ? new LogFollower(_time) : null;
        _dice = new Dice(seed);
        _sessions = new InMemoryTable("sessions", operation => AtTable(operation, _sessions!));
        _due = new InMemoryTable("due", operation => AtTable(operation, _due!));
        var tables = new SessionTables(_sessions, _due);
        _tables = plant?.Invoke(tables) ?? tables;
        _target.OnArrival = told =>
        {
            if (!_truth.Events.ContainsKey(told.Id))
            {
                _breaches.Add($"{told.Type} was delivered without a change");
            }
        };
    }

    /// <summary>Gets the number of events that were committed.</summary>
    public int Committed => _truth.Events.Count;

    /// <summary>Gets the number of deliveries that were acknowledged, repetitions too.</summary>
    public int Delivered => _target.Got.Count;

    /// <summary>Runs it.</summary>
    /// <returns>What broke a promise; nothing when all held.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        CoreHarness[] instances = [Begin(), Begin()];
        for (var step = 0; step < Steps; step++)
        {
            var which = _dice.Below(instances.Length);
            if (_dice.Chance(0.05))
            {
                // It dies: nothing is given back.
                await instances[which].DisposeAsync();
                instances[which] = Begin();
            }

            await TryAsync(() => StepAsync(instances[which]));
            await FollowAsync(instances[_dice.Below(2)]);
        }

        (_isCalm, _target.IsUp) = (true, true);
        while (_late.Count > 0)
        {
            ApplyLate();
        }

        for (var look = 0; look < FinalLooks && (await _sessions.QueryAsync(new TableQuery { RowFrom = "e_", RowTo = "e`" }, CancellationToken.None)).Rows.Count > 0; look++)
        {
            await TryAsync(() => instances[look % 2].Events.RunOnceAsync(CancellationToken.None));
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        if (_follower is not null)
        {
            await _follower.FinishAsync(instances[0]);
        }

        _breaches.AddRange(await UnverifiedAsync(instances[0]));
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        return
        [
            .. _follower?.Breaches ?? [],
            .. _truth.Breaches,
            .. _breaches,
            .. EventRules.Undelivered(_truth, _target.Got),
            .. EventRules.OutOfOrder(_target.Got),
            .. EventRules.Unrecorded(_truth, _sessions.Snapshot()),
        ];
    }

    private static async Task<IEnumerable<string>> UnverifiedAsync(CoreHarness core)
    {
        var report = await core.Maintenance.VerifyAuditAsync(RunStart.ByHand, CancellationToken.None);
        return new[] { MaintenanceCount.AuditAltered, MaintenanceCount.AuditMissing, MaintenanceCount.AuditApart, MaintenanceCount.AuditHeads }
            .Where(fault => report.Counts[fault] > 0)
            .Select(fault => $"the audit does not verify: {fault}");
    }

    private CoreHarness Begin() => new(
        _tables,
        cache: null,
        _time,
        Keys,
        new Dictionary<string, string?>
        {
            ["Events:Enabled"] = "true",
            ["Audit:Enabled"] = "true",
            ["Events:Log:Enabled"] = _follower is null ? "false" : "true",
            ["Events:Log:Retention"] = "30.00:00:00",
            ["Sessions:MaxSessionsPerUser"] = "3",
        },
        _target);

    private async Task FollowAsync(CoreHarness core)
    {
        if (_follower is null || _dice.Chance(0.3))
        {
            return;
        }

        try
        {
            await _follower.ReadAsync(core, 1 + _dice.Below(20));
        }
        catch (StoreUnavailableException)
        {
            // It asks again with the cursor that it has.
        }
    }

    private async Task StepAsync(CoreHarness core)
    {
        var never = CancellationToken.None;
        var user = _dice.Chance(0.3) ? null : $"user-{_dice.Below(2)}";
        SessionId known = _known.Count == 0 ? new(new SessionLocator(1, 1)) : _dice.Pick(_known);
        switch (_dice.Below(14))
        {
            case 0 or 1 or 2:
                var creation = await core.Sessions.CreateAsync(new NewSession { UserId = user }, key: null, never);
                if (creation.Session.Live is { } live)
                {
                    _known.Add(live.Id);
                }

                break;
            case 3:
                if ((await core.Sessions.RevokeAsync(known, EndReasons.Revoked, never)).Found)
                {
                    _follower?.Acknowledged(known);
                }

                break;
            case 4 or 5:
                await core.Sessions.RotateAsync(known, new RotationRequest(), never);
                break;
            case 6:
                await core.Sessions.RotateAsync(known, new RotationRequest("user-0"), never);
                break;
            case 7:
                await core.Sessions.ReplaceClaimsAsync(known, Encoding.UTF8.GetBytes("""{"a":1}"""), ifVersion: null, never);
                break;
            case 8:
                await core.Sessions.RevokeAllAsync(SessionLocator.PartitionOf("user-0"), except: null, EndReasons.SignedOut, dryRun: false, never);
                break;
            case 9:
                _time.Advance(TimeSpan.FromHours(2));
                await core.Maintenance.PurgeAsync(RunStart.ByHand, never);
                break;
            case 10:
                _target.IsUp = _dice.Chance(0.6);
                break;
            case 11 when _late.Count > 0:
                ApplyLate();
                break;
            default:
                _time.Advance(_dice.Milliseconds(100, 8_000));
                await core.Events.RunOnceAsync(never);
                break;
        }
    }

    // The clock goes on while a call pauses between two attempts.
    private async Task TryAsync(Func<Task> step)
    {
        var running = step();
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        try
        {
            await running;
        }
        catch (StoreUnavailableException)
        {
            // The caller does not know; the truth does.
        }
    }

    private ValueTask AtTable(TableOperation operation, InMemoryTable table)
    {
        if (operation.Result is { IsWritten: true } && ReferenceEquals(table, _sessions))
        {
            _follower?.Committed(operation.Writes, _isLate);
            _truth.Applied(operation.Writes, row => _past.Call(() => table.FindAsync(row.PartitionKey, row.RowKey, CancellationToken.None)));
        }

        if (_past.IsUnderWay || _isCalm)
        {
            return ValueTask.CompletedTask;
        }

        if (operation.Moment is TableMoment.Before && operation.Writes.Count > 0 && _dice.Chance(0.04))
        {
            _late.Add((table, operation.Writes, _time.GetUtcNow()));
            throw new StoreUnavailableException("held up");
        }

        return _dice.Chance(0.02) ? throw new StoreUnavailableException("lost") : ValueTask.CompletedTask;
    }

    private void ApplyLate()
    {
        var index = _dice.Below(_late.Count);
        var (table, writes, at) = _late[index];
        _late.RemoveAt(index);
        if (_time.GetUtcNow() - at > LatestWrite)
        {
            return;
        }

        _isLate = true;
        _past.Call(() => writes.Count == 1 ? table.WriteAsync(writes[0], CancellationToken.None) : table.WriteAllAsync(writes, CancellationToken.None));
        _isLate = false;
    }
}
