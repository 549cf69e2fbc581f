namespace SessionChecking.Rules;

/// <summary>Every call comes to an answer: no two wait for each other, nothing goes round for ever.</summary>
internal sealed class EndsByItself : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts) => facts.History.Stuck is { } stuck ? [stuck] : [];
}
