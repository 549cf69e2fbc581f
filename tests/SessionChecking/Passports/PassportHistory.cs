using System.Globalization;
using System.Text;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Events.Log;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using SessionFunctions.Client.Passports;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionChecking.Passports;

/// <summary>
/// A history of chance of passports: two instances of the real core, three verifiers with clocks of their own, polls that are late or lost,
/// sessions that change and that end while a poll is answered, an API that nobody reaches for a while. A passport tells the session as it is when
/// it is given, and none is accepted later than <see cref="ModelVerifier.MaxFeedAge"/> after the acknowledgement of its session's end.
/// </summary>
internal sealed class PassportHistory
{
    private const int Users = 3;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Keep = Lifetime + PassportOptions.Margin;
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(10);
    private static readonly IReadOnlyList<KeyOptions> Keys = KeyRing.Random();

    private readonly Dice _dice;
    private readonly ManualTimeProvider _time = new();
    private readonly PriorityQueue<Func<Task>, (long Due, int Number)> _agenda = new();
    private readonly CoreHarness[] _instances;
    private readonly SkewedClock[] _clocks;
    private readonly ModelIssuer[] _issuers;
    private readonly ModelVerifier[] _verifiers;
    private readonly List<(SessionId Id, string Token)> _sessions = [];
    private readonly List<ModelPassport> _passports = [];
    private readonly Dictionary<SessionId, DateTimeOffset> _ended = [];
    private readonly List<string> _breaches = [];
    private readonly DateTimeOffset _end;
    private (DateTimeOffset From, DateTimeOffset To) _outage;
    private (SessionId Id, string Token)? _inUse;
    private int _numbers;
    private bool _isReading;

    /// <summary>Prepares the history of a seed.</summary>
    public PassportHistory(ulong seed, PassportFault fault = PassportFault.None)
    {
        _dice = new Dice(seed);
        var tables = new SessionTables(new InMemoryTable("sessions"), new InMemoryTable("due", AtDueAsync));
        var settings = new Dictionary<string, string?> { ["Events:Enabled"] = "true", ["Events:Log:Enabled"] = "true" };
        _clocks = [new SkewedClock(_time, TimeSpan.Zero), new SkewedClock(_time, _dice.Milliseconds(0, 2000) - TimeSpan.FromSeconds(1))];
        _instances = [.. _clocks.Select(clock => new CoreHarness(tables, cache: null, clock, Keys, settings))];
        _issuers = [.. _clocks.Select(_ => new ModelIssuer(fault))];
        _verifiers = [.. Enumerable.Range(0, 3).Select(_ => new ModelVerifier(new SkewedClock(_time, _dice.Milliseconds(0, 58_000) - TimeSpan.FromSeconds(29)), fault))];
        _end = _time.GetUtcNow() + Length;
    }

    /// <summary>Gets how many passports were accepted without a call; a history in which none was shows nothing.</summary>
    public int Accepted { get; private set; }

    /// <summary>Gets how often a passport was given again.</summary>
    public int Reused => _issuers.Sum(issuer => issuer.Reused);

    /// <summary>Runs it.</summary>
    /// <returns>What broke the rule; nothing when it held.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        foreach (var verifier in _verifiers)
        {
            Plan(_dice.Milliseconds(0, 3_000), () => PollAsync(verifier));
        }

        foreach (var instance in _instances)
        {
            Plan(_dice.Milliseconds(0, 500), () => DeliverAsync(instance));
        }

        Plan(TimeSpan.Zero, ActAsync);
        Plan(_dice.Milliseconds(20_000, 120_000), BreakAsync);
        while (_agenda.TryDequeue(out var step, out var rank) && rank.Due < _end.UtcTicks)
        {
            var rest = rank.Due - _time.GetUtcNow().UtcTicks;
            _time.Advance(TimeSpan.FromTicks(Math.Max(0, rest)));
            await step();
        }

        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        return _breaches;
    }

    private void Plan(TimeSpan after, Func<Task> step) => _agenda.Enqueue(step, ((_time.GetUtcNow() + after).UtcTicks, _numbers++));

    private bool IsOut => _time.GetUtcNow() >= _outage.From && _time.GetUtcNow() < _outage.To;

    private Task BreakAsync()
    {
        _outage = (_time.GetUtcNow(), _time.GetUtcNow() + _dice.Milliseconds(5_000, 40_000));
        return Task.CompletedTask;
    }

    private async Task ActAsync()
    {
        switch (_dice.Below(10))
        {
            case 0 or 1:
                var user = _dice.Chance(0.3) ? null : string.Create(CultureInfo.InvariantCulture, $"user-{_dice.Below(Users)}");
                _sessions.Add(await _dice.Pick(_instances).CreateAsync(user));
                break;
            case 2 or 3 or 4 when _sessions.Count > 0:
                await IssueAsync(InUse());
                break;
            case 5 when _sessions.Count > 0:
                await EndAsync();
                break;
            case 6 when _sessions.Count > 0:
                await ChangeAsync(InUse());
                break;
            default:
                break;
        }

        foreach (var verifier in _verifiers.Where(_ => _passports.Count > 0))
        {
            await UseAsync(verifier, _dice.Pick(_passports));
            if (_ended.Count > 0 && _passports.Where(passport => _ended.ContainsKey(passport.Session)).ToArray() is { Length: > 0 } ended)
            {
                await UseAsync(verifier, _dice.Pick(ended));
            }
        }

        Plan(_dice.Milliseconds(20, 900), ActAsync);
    }

    private async Task IssueAsync((SessionId Id, string Token) session)
    {
        var which = _dice.Below(_instances.Length);
        if ((await _instances[which].ValidateAsync(session.Token)).Live is not { } live)
        {
            return;
        }

        _passports.Add(_issuers[which].Issue(live, _clocks[which].GetUtcNow(), out var breach));
        if (breach is not null)
        {
            _breaches.Add(breach);
        }
    }

    // Its next passport is to tell the change, or to end earlier.
    private async Task ChangeAsync((SessionId Id, string Token) session)
    {
        var core = _dice.Pick(_instances);
        if (_dice.Chance(0.3))
        {
            await core.Sessions.SetExpiryAsync(session.Id, _dice.Milliseconds(60_000, 180_000), idleTimeout: null, CancellationToken.None);
            return;
        }

        var claims = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"change":{{_numbers}}}"""));
        await core.Sessions.ReplaceClaimsAsync(session.Id, claims, ifVersion: null, CancellationToken.None);
    }

    // Mostly the session of before, as a page that asks several back ends uses it.
    private (SessionId Id, string Token) InUse()
    {
        if (_inUse is null || _dice.Chance(0.3))
        {
            _inUse = _dice.Pick(_sessions);
        }

        return _inUse.Value;
    }

    private async Task EndAsync()
    {
        var which = _dice.Below(_instances.Length);
        var core = _instances[which];
        var one = _dice.Pick(_sessions);
        switch (_dice.Below(5))
        {
            case 0:
                var user = string.Create(CultureInfo.InvariantCulture, $"user-{_dice.Below(Users)}");
                var all = await core.Sessions.RevokeAllAsync(SessionLocator.PartitionOf(user), except: null, EndReasons.SignedOut, dryRun: false, CancellationToken.None);
                foreach (var reading in all.Sessions)
                {
                    Ended(new SessionId(reading.Ended!.Id.Locator), all.EffectiveBy); // they have all ended
                }

                break;
            case 1 when _dice.Chance(0.2):
                var instant = SessionClock.Truncate(_clocks[which].GetUtcNow() - _dice.Milliseconds(0, 60_000));
                var by = await core.Sessions.RevokeBeforeAsync(instant, CancellationToken.None);
                foreach (var passport in _passports.Where(passport => passport.CreatedAt < instant))
                {
                    Ended(passport.Session, by - (_clocks[which].GetUtcNow() - _time.GetUtcNow()));
                }

                break;
            default:
                var revocation = await core.Sessions.RevokeAsync(one.Id, EndReasons.Revoked, CancellationToken.None);
                if (revocation.Found)
                {
                    Ended(one.Id, revocation.EffectiveBy);
                }

                break;
        }
    }

    private void Ended(SessionId id, DateTimeOffset? by) => _ended.TryAdd(id, by > _time.GetUtcNow() ? by.Value : _time.GetUtcNow());

    private async Task UseAsync(ModelVerifier verifier, ModelPassport passport)
    {
        var core = _dice.Pick(_instances);
        var isLost = IsOut || _dice.Chance(0.05);
        var isAccepted = await verifier.AcceptsAsync(
            passport, async () => isLost ? null : (await core.Sessions.FindAsync(passport.Session, default, CancellationToken.None)).Live is null);
        Accepted += isAccepted ? 1 : 0;
        var now = _time.GetUtcNow();
        if (isAccepted && _ended.TryGetValue(passport.Session, out var at) && now > at + ModelVerifier.MaxFeedAge)
        {
            _breaches.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"A passport of {passport.IssuedAt:HH:mm:ss} was accepted at {now:HH:mm:ss.fff}; its session's end was acknowledged at {at:HH:mm:ss.fff}"));
        }
    }

    private async Task DeliverAsync(CoreHarness instance)
    {
        await instance.Events.RunOnceAsync(CancellationToken.None);
        Plan(_dice.Milliseconds(300, 1_500), () => DeliverAsync(instance));
    }

    // Asks now; the request, the reading and the answer each take their time.
    private Task PollAsync(ModelVerifier verifier)
    {
        var asked = verifier.Now;
        Plan(Delay(), () => AnswerAsync(verifier, asked));
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(ModelVerifier verifier, FeedMoment asked)
    {
        var which = _dice.Below(_instances.Length);
        if (IsOut || _dice.Chance(0.05))
        {
            Plan(_dice.Chance(0.5) ? PollTimeout : TimeSpan.FromMilliseconds(100), () => PollAsync(verifier));
            return;
        }

        var arrived = _clocks[which].GetUtcNow();
        _isReading = true;
        var endings = _instances[which].Services.GetService(typeof(EndingLog)) as EndingLog ?? throw new InvalidOperationException("The core has no log of endings.");
        var reading = await endings.ReadAsync(verifier.Cursor, Keep, maxEvents: _dice.Between(1, 20), TimeSpan.Zero, CancellationToken.None);
        _isReading = false;
        if (reading.Log.Outcome is not EventLogOutcome.Read)
        {
            verifier.Forget();
            Plan(Delay(), () => PollAsync(verifier));
            return;
        }

        using var buffer = new AnswerBuffer();
        new EndingsBody(reading, reading.Log.ReadAt - arrived, Lifetime, Keep).AppendCompact(buffer);
        var body = buffer.Written.ToArray();
        if (_dice.Chance(0.05))
        {
            Plan(PollTimeout, () => PollAsync(verifier));
            return;
        }

        Plan(Delay(), () => TakeAsync(verifier, asked, body, reading.Log.HasMore));
    }

    private Task TakeAsync(ModelVerifier verifier, FeedMoment asked, byte[] body, bool hasMore)
    {
        verifier.Take(body, asked);
        Plan(hasMore ? TimeSpan.Zero : _dice.Milliseconds(250, 2_000), () => PollAsync(verifier));
        return Task.CompletedTask;
    }

    private TimeSpan Delay() => _dice.Chance(0.1) ? _dice.Milliseconds(1_000, 8_000) : _dice.Milliseconds(1, 200);

    // Time passes while a poll is answered, and sessions end meanwhile. The lists of notices are read one after the other.
    private async ValueTask AtDueAsync(TableOperation operation)
    {
        if (!_isReading || operation.Kind is not TableOperationKind.Query || operation.Moment is not TableMoment.Before)
        {
            return;
        }

        _isReading = false;
        _time.Advance(_dice.Milliseconds(0, 150));
        if (_sessions.Count > 0 && _dice.Chance(0.1))
        {
            await EndAsync();
        }

        _isReading = true;
    }
}
