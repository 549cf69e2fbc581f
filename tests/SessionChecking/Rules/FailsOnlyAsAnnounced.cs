using SessionCore.Tables;

namespace SessionChecking.Rules;

/// <summary>Whatever the stores do, a call is answered or says that it cannot tell; once nothing goes wrong any more, it is answered.</summary>
internal sealed class FailsOnlyAsAnnounced : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call.Failure is { } failure && (failure is not StoreUnavailableException || call.Start > facts.History.Calm))
            {
                yield return $"#{call.Number} threw {failure}";
            }
        }
    }
}
