using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// What was acknowledged has been written, and every state shows all writes before it: the data of a version is what its writes, in
/// the order they took effect, make of it.
/// </summary>
internal sealed class AcknowledgedWriteLost : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls.Where(IsAcknowledgedWrite))
        {
            var session = call.Session ?? CreatedBy(call);
            if (!facts.TimelineOf(session).Any(state => state.Moment < call.End && IsWrittenBy(call, state)))
            {
                yield return $"#{call.Number} was acknowledged, and nothing was written";
            }
        }

        foreach (var end in facts.Ends)
        {
            if (!facts.TimelineOf(end.Session).Any(state => !state.IsLive && state.Moment < end.By.End))
            {
                yield return $"#{end.By.Number} said that {facts.Name(end.Session)} has ended, and its row is live";
            }
        }

        var data = new DataModel(facts);
        foreach (var sighting in facts.Sightings)
        {
            var expected = data.At(sighting.Session, sighting.Live.Version);
            var answered = DataModel.Read(sighting.Live.DataJson);
            if (expected is not null && !expected.SetEquals(answered))
            {
                yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} in version {sighting.Live.Version} with [{string.Join(' ', answered.Order())}] where the writes make [{string.Join(' ', expected.Order())}]";
            }
        }
    }

    // A creation that is answered late, by its own repetition, may find that its session has ended since.
    private static SessionLocator CreatedBy(Call call) => call.Answer is Creation { Session.Ended: { } ended }
        ? ended.Id.Locator
        : Sighting.Of(call).First().Session;

    // A repeated upgrade returns the result of the earlier call.
    private static bool IsWrittenBy(Call call, RowState state) =>
        state.By == call || (call.Kind is CallKind.Upgrade && state.Session?.EndReason == EndReasons.Upgraded);

    private static bool IsAcknowledgedWrite(Call call) => call.Answer switch
    {
        Creation creation => creation.Outcome is CreationOutcome.Created,
        KeyedChange change => change.Outcome is KeyedOutcome.Created or KeyedOutcome.Changed,
        Change change => change.Outcome is ChangeOutcome.Changed,
        Rotation rotation => rotation.Outcome is RotationOutcome.Rotated && call.Kind is CallKind.Rotate or CallKind.Upgrade,
        _ => false,
    };
}
