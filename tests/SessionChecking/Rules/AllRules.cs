using SessionChecking.Histories;

namespace SessionChecking.Rules;

/// <summary>Every promise a history is held to.</summary>
internal static class AllRules
{
    public static IReadOnlyList<IHistoryRule> Rules { get; } =
    [
        new EndsByItself(),
        new FailsOnlyAsAnnounced(),
        new RevokedAccepted(),
        new SignedOutEverywhere(),
        new RevokedBefore(),
        new OldTokenAccepted(),
        new AcceptedAfterItsEnd(),
        new OlderThanMaxAge(),
        new EndedIsFinal(),
        new WronglyRefused(),
        new AcknowledgedWriteLost(),
        new OneStatePerVersion(),
        new ForeignPayload(),
        new ReadYourWrites(),
        new AcknowledgedWriteSeen(),
        new MonotonicVersions(),
        new ListComplete(),
        new ListByKeyComplete(),
        new CountRight(),
        new LimitExact(),
        new HeadNames(),
        new NoDuelessSession(),
        new OneSessionPerKey(),
        new RefusedYetWritten(),
        new OneLiveSessionPerKey(),
        new KeyFoundUntilItsEnd(),
        new NoSaveRevives(),
        new NoKeyReachesAnotherNamespace(),
    ];

    public static IEnumerable<Violation> Check(History history)
    {
        var facts = new Facts(history);
        return Rules.SelectMany(rule => rule.Breaches(facts).Select(text => new Violation(rule.GetType().Name, text)));
    }
}
