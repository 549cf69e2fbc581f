using System.Globalization;
using System.Text;
using System.Text.Json;
using SessionChecking.Histories;
using SessionCore.Operations;
using SessionCore.Sessions;
using Support;

namespace SessionChecking.Workloads;

/// <summary>The calls of a client that name a session by a key.</summary>
internal sealed class KeyedCalls(Caller caller, World world, Board board)
{
    private readonly Dice _dice = world.Dice;

    private KeyedSessions Keyed => caller.Sessions.Keyed;

    /// <summary>Makes a call on a key that the dice choose: mostly the first, so that calls meet.</summary>
    public Task CallAsync(CallKind kind)
    {
        var key = world.Keys[Math.Min(_dice.Below(world.Keys.Count), _dice.Below(world.Keys.Count))];
        return kind switch
        {
            CallKind.KeyedSave => SaveAsync(key, Condition(key)),
            CallKind.KeyedMerge => MergeAsync(key),
            CallKind.KeyedFind => FindAsync(key, isStrong: _dice.Chance(0.15)),
            CallKind.KeyedTouch => TouchAsync(key),
            CallKind.KeyedRevoke => RevokeAsync(key),
            _ => RevokeAllAsync(key.Service),
        };
    }

    /// <summary>Saves with or without a user: an anonymous session moves when its user becomes known.</summary>
    public async Task SaveAsync(NamedKey key, VersionCondition? condition)
    {
        var user = _dice.Chance(0.4) ? null : string.Create(CultureInfo.InvariantCulture, $"user-{_dice.Below(world.Plan.Users) + 1}");
        var mark = string.Create(CultureInfo.InvariantCulture, $"k{caller.CallsSoFar + 1}");
        var save = new NewSession
        {
            UserId = user,
            DataJson = Encoding.UTF8.GetBytes($$"""{"by":"{{key.Service}}","put":"{{mark}}"}"""),
            IdleTimeout = world.Plan.Idle,
            AbsoluteLifetime = world.Plan.Lifetime,
        };
        var call = caller.New(
            CallKind.KeyedSave,
            partition: user is null ? null : SessionLocator.PartitionOf(user),
            mark: mark,
            detail: $"for {user ?? "nobody"} {Describe(condition)}",
            named: key);
        var change = await caller.MakeAsync(call, () => new ValueTask<KeyedChange>(Keyed.SaveAsync(key.Key, save, condition, CancellationToken.None)));
        board.Learn(call, change?.Session);
    }

    public async Task FindAsync(NamedKey key, bool isStrong)
    {
        var call = caller.New(CallKind.KeyedFind, isStrong: isStrong, named: key);
        var consistency = isStrong ? ReadConsistency.Strong : ReadConsistency.Cached;
        var reading = await caller.MakeValueAsync(call, () => Keyed.FindAsync(key.Key, consistency, CancellationToken.None));
        board.Learn(call, reading?.Live);
    }

    private async Task MergeAsync(NamedKey key)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"m{caller.CallsSoFar + 1}");
        var call = caller.New(CallKind.KeyedMerge, mark: mark, named: key);
        var patch = JsonElement.Parse($$"""{"{{mark}}":1}""");
        var change = await caller.MakeAsync(call, () => new ValueTask<KeyedChange>(Keyed.MergeAsync(key.Key, patch, condition: null, CancellationToken.None)));
        board.Learn(call, change?.Session);
    }

    private async Task TouchAsync(NamedKey key)
    {
        var call = caller.New(CallKind.KeyedTouch, named: key);
        var reading = await caller.MakeValueAsync(call, () => new ValueTask<SessionReading>(
            Keyed.TouchAsync(key.Key, ReadConsistency.Cached, ipAddress: null, CancellationToken.None)));
        board.Learn(call, reading?.Live);
    }

    private Task<Revocation?> RevokeAsync(NamedKey key) => caller.MakeAsync(
        caller.New(CallKind.KeyedRevoke, named: key),
        () => new ValueTask<Revocation>(Keyed.RevokeAsync(key.Key, EndReasons.Revoked, CancellationToken.None)));

    private Task<DateTimeOffset?> RevokeAllAsync(string service)
    {
        var instant = SessionClock.Truncate(caller.Now) + KeyedCreation.Tick;
        var call = caller.New(CallKind.KeyedRevokeAll, instant: instant, service: service);
        return caller.MakeValueAsync(call, () => new ValueTask<DateTimeOffset>(Keyed.RevokeAllAsync(service, CancellationToken.None)));
    }

    private VersionCondition? Condition(NamedKey key) => _dice.Below(10) switch
    {
        < 3 => new VersionCondition { IfAbsent = true },
        < 5 when board.VersionOf(key) is { } version => version,
        5 => new VersionCondition { IfPresent = true },
        _ => null,
    };

    private static string Describe(VersionCondition? condition) => condition switch
    {
        null => "",
        { IfAbsent: true } => "if absent",
        { IfPresent: true } => "if present",
        _ => $"if version {string.Join(' ', condition.IfMatch ?? [])}",
    };
}
