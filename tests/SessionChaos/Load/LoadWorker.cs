using SessionChaos.Processes;
using SessionChecking.Histories;
using Support;

namespace SessionChaos.Load;

/// <summary>A client that makes one call after the other, of kinds and on sessions that the dice choose.</summary>
internal sealed class LoadWorker(ServerSlot slot, int number, GroupPool groups, Dice dice)
{
    private const int LongIdleSeconds = 600;
    private const int LongestPauseMilliseconds = 50;

    // What the dice choose among: a kind comes as often as its weight.
    private static readonly CallKind[] Kinds = [.. new (CallKind Kind, int Weight)[]
    {
        (CallKind.Create, 6), (CallKind.Validate, 16), (CallKind.Find, 5), (CallKind.Touch, 4), (CallKind.ReplaceData, 2), (CallKind.MergeData, 6),
        (CallKind.SetExpiry, 1), (CallKind.Rotate, 1), (CallKind.RotateOwn, 2), (CallKind.Upgrade, 2), (CallKind.Revoke, 4), (CallKind.RevokeAll, 1),
        (CallKind.List, 2), (CallKind.Count, 2),
    }.SelectMany(weighted => Enumerable.Repeat(weighted.Kind, weighted.Weight))];

    private readonly ApiCaller _caller = new(slot, number);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _caller.Follow();
            await CallAsync(groups.Pick(dice));
            await Task.Delay(dice.Milliseconds(0, LongestPauseMilliseconds), TimeProvider.System, CancellationToken.None);
        }
    }

    private Task CallAsync(UserGroup group)
    {
        var kind = dice.Pick(Kinds);
        var sessions = group.Sessions;
        return (kind, sessions.Count) switch
        {
            (CallKind.RevokeAll, _) => _caller.RevokeAllAsync(group),
            (CallKind.List, _) => _caller.ListAsync(group),
            (CallKind.Count, _) => _caller.CountAsync(group, dice.Chance(0.4)),
            (CallKind.Create, _) or (_, 0) => CreateAsync(group),

            // Mostly the newest sessions: what is long over is of little interest.
            _ => OnSessionAsync(kind, group, sessions[Math.Max(dice.Below(sessions.Count), dice.Below(sessions.Count))]),
        };
    }

    private Task CreateAsync(UserGroup group)
    {
        var user = dice.Chance(0.2) ? null : group.UserId;
        var kind = user is null ? "n" : "u";
        var key = dice.Chance(0.25) ? $"g{group.Number}-k{dice.Below(2)}{kind}" : null;
        var idle = key is null && dice.Chance(0.15) ? dice.Between(4, 10) : LongIdleSeconds;
        return _caller.CreateAsync(group, user, key, idle);
    }

    private Task OnSessionAsync(CallKind kind, UserGroup group, HeldSession session) => kind switch
    {
        CallKind.Find => _caller.FindAsync(group, session, dice.Chance(0.2)),
        CallKind.Touch => _caller.TouchAsync(group, session),
        CallKind.ReplaceData => _caller.ReplaceDataAsync(group, session),
        CallKind.MergeData => _caller.MergeDataAsync(group, session),
        CallKind.SetExpiry => _caller.SetExpiryAsync(group, session),
        CallKind.Rotate => _caller.RotateAsync(group, session),
        CallKind.RotateOwn => _caller.RotateOwnAsync(group, session, session.Tokens[^1]),
        CallKind.Upgrade => _caller.UpgradeAsync(group, session),
        CallKind.Revoke => _caller.RevokeAsync(group, session),

        // Mostly the newest token; an older one should be refused.
        _ => _caller.ValidateAsync(group, session, dice.Chance(0.7) ? session.Tokens[^1] : dice.Pick(session.Tokens), dice.Chance(0.1), dice.Chance(0.5)),
    };
}
