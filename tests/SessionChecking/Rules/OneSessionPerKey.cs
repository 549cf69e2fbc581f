using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>Within its window an idempotency key makes one session, and every repetition returns the same session and token.</summary>
internal sealed class OneSessionPerKey : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var calls in facts.Calls.Where(call => call.Key is not null).GroupBy(call => call.Key!))
        {
            // A key may be reused after its record has expired, so only calls that are certainly within the window count.
            var end = calls.First().StartedAt + facts.Plan.Policy.IdempotencyWindow - facts.Plan.Cache.ClockSkew - Facts.Grain;
            var within = calls.Where(call => call.EndedAt < end).ToArray();
            var answers = within
                .Select(call => call.Answer)
                .OfType<Creation>()
                .Where(creation => creation.Token is not null)
                .Select(creation => (Id: creation.Session.Live?.Id ?? creation.Session.Ended!.Id, Token: creation.Token!.Reveal()))
                .Distinct()
                .ToArray();
            var rows = facts.History.Truth.Timelines
                .Where(timeline => timeline.Value[0].By is { } by && within.Contains(by))
                .Select(timeline => timeline.Key)
                .ToArray();
            if (answers.Length > 1 || rows.Length > 1)
            {
                yield return $"the key {calls.Key} made {string.Join(' ', rows.Select(facts.Name))} and was answered with {answers.Length} tokens";
            }
        }
    }
}
