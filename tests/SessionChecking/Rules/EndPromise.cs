using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>An answer that said of a session that it has ended.</summary>
/// <param name="Session">Which.</param>
/// <param name="By">The call.</param>
/// <param name="EffectiveBy">When no instance accepts it any more at the latest, by the clock of the answering instance; null when none does already.</param>
internal sealed record EndPromise(SessionLocator Session, Call By, DateTimeOffset? EffectiveBy)
{
    /// <summary>The promises of one answer.</summary>
    public static IEnumerable<EndPromise> Of(Call call) => call.Answer switch
    {
        Revocation { Found: true } revocation when call.Kind is CallKind.Revoke =>
            [new EndPromise(call.Session!.Value, call, revocation.EffectiveBy)],
        Revocation revocation => revocation.Sessions.Select(session => new EndPromise(session.Ended!.Id.Locator, call, revocation.EffectiveBy)),
        Change { Outcome: ChangeOutcome.Ended } change => [new EndPromise(call.Session!.Value, call, change.EffectiveBy)],
        Rotation { Outcome: RotationOutcome.Rotated } rotation when call.Kind is CallKind.Upgrade && rotation.Session!.Id.Locator != call.Session =>
            [new EndPromise(call.Session!.Value, call, rotation.EffectiveBy)],
        _ => [],
    };
}
