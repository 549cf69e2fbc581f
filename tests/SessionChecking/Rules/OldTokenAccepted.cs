using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>
/// A token that a service has rotated away is refused at once, one that its user has rotated away after its grace. Where the cache
/// did not confirm the rotation, or failed over since, it may be taken for the age of an entry longer.
/// </summary>
internal sealed class OldTokenAccepted : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var rotation in facts.Calls.Where(call => call.Answer is Rotation { Outcome: RotationOutcome.Rotated } && call.Kind is CallKind.Rotate or CallKind.RotateOwn))
        {
            var answer = (Rotation)rotation.Answer!;
            foreach (var sighting in facts.SightingsOf(rotation.Session!.Value))
            {
                if (sighting.Call is { Kind: CallKind.Validate, Token: { } token } call
                    && call.IsAfter(rotation)
                    && rotation.IsAfter(token.IssuedBy)
                    && token.Text != answer.Token!.Reveal()
                    && !MayBeTaken(facts, rotation, answer, sighting))
                {
                    yield return $"#{rotation.Number} rotated {facts.Name(sighting.Session)}, and #{call.Number} took its older token {token.Number}";
                }
            }
        }
    }

    private static bool MayBeTaken(Facts facts, Call rotation, Rotation answer, Sighting sighting)
    {
        var grace = rotation.Kind is CallKind.RotateOwn ? facts.Plan.Policy.RotationGrace + facts.Plan.Cache.ClockSkew : TimeSpan.Zero;
        var isUnconfirmed = answer.Degraded || (sighting.Source is ReadSource.Cache && facts.FailedOver(rotation.Start, sighting.Call.End));
        var longest = grace + (isUnconfirmed ? facts.Plan.WorstDelay : TimeSpan.Zero);
        return longest > TimeSpan.Zero && Facts.IsBefore(sighting.Call, rotation, rotation.EndedByClock + longest);
    }
}
