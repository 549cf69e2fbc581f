using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionChecking.Histories;
using SessionChecking.Schedules;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Storage;
using Support;

namespace SessionChecking.Workloads;

/// <summary>A client that stays with one instance and makes one call after the other, of kinds and on sessions that the dice choose.</summary>
internal sealed class Client(World world, Instance instance, Board board, int number)
{
    private const int LooksAtADoubt = 2;

    private static readonly string[] Keys = ["k1", "k2"];

    private readonly Caller _caller = new(world, instance, number);
    private readonly HistoryPlan _plan = world.Plan;
    private readonly Dice _dice = world.Dice;

    private KeyedCalls Keyed => new(_caller, world, board);

    public async Task RunAsync()
    {
        await Task.Yield();
        for (var i = 0; i < _plan.CallsOfEach; i++)
        {
            var first = _caller.CallsSoFar;
            await CallAsync(Choose());
            RememberDoubts(first);
            await WaitAsync();
        }
    }

    /// <summary>Creates a session and usually reads it, so that there is something to race for from the start.</summary>
    public async Task BeginAsync()
    {
        if (_plan.IsKeyed)
        {
            await Keyed.SaveAsync(world.Keys[0], condition: null);
            await Keyed.FindAsync(world.Keys[0], isStrong: false);
            return;
        }

        await CreateAsync();
        if (board.Sessions.Count > 0 && !_plan.BeginsUnread)
        {
            await new Reader(_caller, _dice).FindAsync(board.Sessions[^1], isStrong: false);
        }
    }

    private CallKind Choose()
    {
        var throwOf = _dice.Below(_plan.Theme.Weights.Sum(weight => weight.Weight));
        foreach (var (kind, weight) in _plan.Theme.Weights)
        {
            throwOf -= weight;
            if (throwOf < 0)
            {
                return kind;
            }
        }

        return CallKind.Create;
    }

    // An unconfirmed write is effective everywhere from a certain time on, so a client reads exactly then.
    private void RememberDoubts(int first)
    {
        foreach (var call in world.History.Calls.Skip(first).Where(call => call.Client == number && IsUnconfirmed(call.Answer)))
        {
            if (board.Sessions.FirstOrDefault(known => known.Locator == call.Session) is { } known)
            {
                var within = (int)Math.Max(1_000, (call.EndedAt - call.StartedAt).TotalMilliseconds);
                for (var look = 1; look <= LooksAtADoubt; look++)
                {
                    board.Doubts.Add(new Doubt(known, instance.Number, call.StartedAt + _plan.WorstDelay + _dice.Milliseconds(0, within)));
                }
            }
        }
    }

    private static bool IsUnconfirmed(object? answer) => answer switch
    {
        Change change => change.Degraded || change.EffectiveBy is not null,
        Rotation rotation => rotation.Degraded || rotation.EffectiveBy is not null,
        Revocation revocation => revocation.EffectiveBy is not null,
        _ => false,
    };

    private async Task WaitAsync()
    {
        var now = world.Schedule.Now;
        if (board.TakeDoubt(instance.Number, now) is { } doubt && _dice.Chance(0.7))
        {
            await PassUntilAsync(doubt.At);
            await new Reader(_caller, _dice).ValidateAsync(doubt.Session, isStrong: false);
        }
        else if (_plan.MeetsBoundaries && _dice.Chance(0.7) && board.NextToEnd(now) is { } boundary)
        {
            await MeetBoundaryAsync(boundary);
        }
        else if (_plan.IsShort && _dice.Chance(_plan.MeetsPurge ? 0.7 : 0.3) && board.NextToEnd(now) is { } ending)
        {
            await MeetEndAsync(ending);
        }
        else if (_dice.Chance(_plan.Patience))
        {
            // Often about as long as something takes to lapse.
            var longest = (int)Math.Min(_plan.WorstDelay.TotalMilliseconds * 1.2, 40_000);
            var lapse = Lapse();
            await PassUntilAsync(now + (_dice.Chance(0.3) ? lapse : _dice.Milliseconds(100, longest)));
        }
        else
        {
            await Task.Yield();
        }
    }

    private TimeSpan Lapse()
    {
        if (_plan.IsKeyed && _dice.Chance(0.7))
        {
            return _dice.Chance(0.5) ? KeyedSessions.ReservationTime : RevocationEpoch.Refresh;
        }

        return _plan.IsShort ? _plan.Idle : _plan.WorstDelay;
    }

    // Just before its end it can still be touched, just after it purged and still revoked: each may be on its way while another happens.
    private async Task MeetEndAsync(KnownSession known)
    {
        if (!_plan.MeetsPurge || _dice.Chance(0.3))
        {
            await PassUntilAsync(known.EndsAt - _dice.Milliseconds(0, 600));
            await new Reader(_caller, _dice).TouchAsync(known);
            return;
        }

        // Nothing of an hour is purged before it is over.
        var hour = Schedule.Noon + TimeSpan.FromHours(1);
        await PassUntilAsync((known.EndsAt > hour ? known.EndsAt : hour) + _plan.Grace + _dice.Milliseconds(0, 400));
        await (_dice.Chance(0.6) ? new Purger(_caller, world, instance).PurgeAsync() : OnSessionAsync(CallKind.Revoke, known));
    }

    // At the very instant a session ends by the clock of this instance, with what the cache has of it from just before. Only an end that
    // this instance has written can be met: another's clock shows other times.
    private async Task MeetBoundaryAsync(KnownSession known)
    {
        var looksAtList = _dice.Chance(0.3);
        await LookAsync();
        var at = known.EndsAt - instance.Offset;
        if (world.Schedule.StandAt(at))
        {
            await PassUntilAsync(at);
            await LookAsync();
        }

        Task LookAsync() => looksAtList
            ? new Reader(_caller, _dice).CountAsync(known.Locator.Partition, isStrong: false)
            : new Reader(_caller, _dice).ValidateAsync(known, isStrong: false);
    }

    private async Task PassUntilAsync(DateTimeOffset time)
    {
        if (time > world.Schedule.Now)
        {
            await Task.Delay(time - world.Schedule.Now, new ScheduleClock(world.Schedule, TimeSpan.Zero));
        }
    }

    private Task CallAsync(CallKind kind)
    {
        if (kind is CallKind.RevokeAll or CallKind.List or CallKind.ListEnded or CallKind.ListAll or CallKind.Count)
        {
            return OnUserAsync(kind);
        }

        if (kind >= CallKind.KeyedSave)
        {
            return Keyed.CallAsync(kind);
        }

        if (kind is CallKind.Purge)
        {
            return new Purger(_caller, world, instance).PurgeAsync();
        }

        if (kind is CallKind.RevokeBefore)
        {
            return RevokeBeforeAsync();
        }

        // Mostly the newest sessions: what is long over is of little interest.
        var known = board.Sessions;
        if (known.Count == 0 && _plan.IsKeyed)
        {
            return Keyed.CallAsync(CallKind.KeyedSave);
        }

        return kind is CallKind.Create || known.Count == 0
            ? CreateAsync()
            : OnSessionAsync(kind, known[Math.Max(_dice.Below(known.Count), _dice.Below(known.Count))]);
    }

    private string User() => string.Create(CultureInfo.InvariantCulture, $"user-{_dice.Below(_plan.Users) + 1}");

    private async Task CreateAsync()
    {
        var anonymous = _plan.Theme.Name is "upgrading" ? 0.7 : 0.05;
        var user = _dice.Chance(anonymous) ? null : User();
        var repeatable = _plan.Theme.Name switch
        {
            "repeating" => 0.9,
            "purging" => 0.5,
            _ => 0.1,
        };
        var key = _dice.Chance(repeatable) ? _dice.Pick(Keys) : null;
        var mark = string.Create(CultureInfo.InvariantCulture, $"c{_caller.CallsSoFar + 1}");
        if (key is not null)
        {
            mark = string.Concat(key, "-", user ?? "anonymous", _dice.Chance(0.05) ? "-other" : "");
        }

        var wish = new NewSession
        {
            UserId = user,
            DataJson = Encoding.UTF8.GetBytes($$"""{"by":"{{mark}}"}"""),
            IdleTimeout = _plan.Idle,
            AbsoluteLifetime = _plan.Lifetime,
        };
        var idempotency = key is null ? null : new IdempotencyKey("checker", key, SHA256.HashData(Encoding.UTF8.GetBytes(mark)));
        var call = _caller.New(
            CallKind.Create, partition: user is null ? null : SessionLocator.PartitionOf(user), mark: mark, key: key, detail: user ?? "nobody");
        if (await _caller.MakeAsync(call, () => new ValueTask<Creation>(_caller.Sessions.CreateAsync(wish, idempotency, CancellationToken.None))) is { } creation)
        {
            board.Learn(call, creation.Session.Live, creation.Token, mark);
        }
    }

    private Task OnUserAsync(CallKind kind)
    {
        var partition = SessionLocator.PartitionOf(User());
        switch (kind)
        {
            case CallKind.RevokeAll:
                SessionId? except = board.Sessions.Count > 0 && _dice.Chance(0.3) ? new SessionId(_dice.Pick(board.Sessions).Locator) : null;
                var call = _caller.New(kind, session: except?.Locator, partition: partition);
                return _caller.MakeAsync(call, () => new ValueTask<Revocation>(
                    _caller.Sessions.RevokeAllAsync(partition, except, EndReasons.SignedOut, dryRun: false, CancellationToken.None)));
            case CallKind.List or CallKind.ListEnded or CallKind.ListAll:
                return new Reader(_caller, _dice).ListAsync(kind, partition);
            default:
                return new Reader(_caller, _dice).CountAsync(partition, _dice.Chance(0.4));
        }
    }

    private Task<DateTimeOffset?> RevokeBeforeAsync()
    {
        var instant = SessionClock.Truncate(_caller.Now - _dice.Milliseconds(0, 2_000));
        var call = _caller.New(CallKind.RevokeBefore, instant: instant);
        return _caller.MakeValueAsync(call, () => new ValueTask<DateTimeOffset>(_caller.Sessions.RevokeBeforeAsync(instant, CancellationToken.None)));
    }

    private Task OnSessionAsync(CallKind kind, KnownSession known)
    {
        var id = new SessionId(known.Locator);
        var reader = new Reader(_caller, _dice);
        var writer = new Writer(_caller, board, _dice);
        return kind switch
        {
            CallKind.Validate => reader.ValidateAsync(known, isStrong: _dice.Chance(0.1)),
            CallKind.Find => reader.FindAsync(known, isStrong: _dice.Chance(0.2)),
            CallKind.Touch => reader.TouchAsync(known),
            CallKind.ReplaceData => writer.ReplaceAsync(known),
            CallKind.MergeData => writer.MergeAsync(known),
            CallKind.SetExpiry => writer.SetExpiryAsync(known),
            CallKind.Rotate => writer.RotateAsync(known),
            CallKind.RotateOwn => writer.RotateOwnAsync(known),
            CallKind.Upgrade => writer.UpgradeAsync(known, User()),
            _ => _caller.MakeAsync(
                _caller.New(CallKind.Revoke, known.Locator),
                () => new ValueTask<Revocation>(_caller.Sessions.RevokeAsync(id, EndReasons.Revoked, CancellationToken.None))),
        };
    }
}
