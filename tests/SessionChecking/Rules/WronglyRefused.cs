using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>"No" is always certain: a session that is live for the whole of a call, with the right token, is not refused by it.</summary>
internal sealed class WronglyRefused : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call.Session is { } session && IsRefusal(call) && facts.WasLiveThroughout(call, session, row => call.Token is null || row.Secret.Current.Matches(call.Token.Read.SecretHash)))
            {
                yield return $"#{call.Number} refused {facts.Name(session)}, which was live all the time";
            }
        }
    }

    private static bool IsRefusal(Call call) => call.Answer switch
    {
        SessionReading reading => reading.Live is null,
        Change change => change.Outcome is ChangeOutcome.Unknown,
        Rotation rotation => rotation.Outcome is RotationOutcome.Unknown or RotationOutcome.Ended,
        Revocation revocation => call.Kind is CallKind.Revoke && !revocation.Found,
        _ => false,
    };
}
