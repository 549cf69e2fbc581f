using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A call that is answered with a "no" has changed nothing that lasts.</summary>
internal sealed class RefusedYetWritten : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls.Where(IsRefused))
        {
            foreach (var (session, timeline) in facts.History.Truth.Timelines.Where(timeline => !WasHandedOut(facts, timeline.Key)))
            {
                var last = timeline.FindLast(state => state.By == call && state.IsLive);
                if (last?.Session?.IdleExpiresAt > call.EndedByClock && !timeline.Exists(state => state.Moment > last.Moment && state.Moment < call.End && !state.IsLive))
                {
                    yield return $"#{call.Number} was refused, and wrote {facts.Name(session)}";
                }
            }
        }
    }

    // Two equal upgrades make one session: the first to finish returns it, the other may come too late.
    private static bool WasHandedOut(Facts facts, SessionLocator session) => facts.Calls.Any(call =>
        call is { Kind: CallKind.Upgrade, Answer: Rotation { Outcome: RotationOutcome.Rotated } rotation } && rotation.Session!.Id.Locator == session);

    private static bool IsRefused(Call call) => call.Answer switch
    {
        Creation creation => creation.Outcome is CreationOutcome.KeyReused or CreationOutcome.LimitReached,
        KeyedChange change => change.Outcome is not (KeyedOutcome.Created or KeyedOutcome.Changed),
        Change change => change.Outcome is not (ChangeOutcome.Changed or ChangeOutcome.Ended),
        Rotation rotation => rotation.Outcome is not RotationOutcome.Rotated,
        _ => false,
    };
}
