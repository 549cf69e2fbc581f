using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A list has every session that is live for the whole of the call, none that had ended before, and none twice.</summary>
internal sealed class ListComplete : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var call in facts.Calls)
        {
            if (call is not { Kind: CallKind.List, Answer: SessionPage page })
            {
                continue;
            }

            var listed = page.Sessions.Select(reading => reading.Live?.Id.Locator ?? reading.Ended!.Id.Locator).ToArray();
            var missed = LivePeriod.Throughout(facts, call).Except(listed).ToArray();
            var ended = listed.Except(LivePeriod.AtSomeTime(facts, call, call.Start)).ToArray();
            if (missed.Length > 0 || ended.Length > 0 || listed.Distinct().Count() < listed.Length)
            {
                yield return $"#{call.Number} lists {string.Join(' ', listed.Select(facts.Name))}, lacks [{string.Join(' ', missed.Select(facts.Name))}] and has [{string.Join(' ', ended.Select(facts.Name))}] too many";
            }
        }
    }
}
