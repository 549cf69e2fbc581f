using SessionChecking.Histories;

namespace SessionChecking.Rules;

/// <summary>
/// No answer has another session's content: data names its creator, and a token returns the session it was issued for.
/// </summary>
internal sealed class ForeignPayload : IHistoryRule
{
    public IEnumerable<string> Breaches(Facts facts)
    {
        foreach (var sighting in facts.Sightings)
        {
            if (CreatorOf(facts, facts.TimelineOf(sighting.Session)) is { } creator
                && !DataModel.Read(sighting.Live.DataJson).Contains($"by={creator}"))
            {
                yield return $"#{sighting.Call.Number} had {facts.Name(sighting.Session)} with data that are not its own";
            }

            if (sighting.Call is { Kind: CallKind.Validate or CallKind.Find or CallKind.Touch } call && sighting.Session != call.Session)
            {
                yield return $"#{call.Number} asked for {facts.Name(call.Session!.Value)} and had {facts.Name(sighting.Session)}";
            }
        }
    }

    private static string? CreatorOf(Facts facts, IReadOnlyList<RowState> timeline) => timeline.Count == 0 ? null : timeline[0].By switch
    {
        { Kind: CallKind.Create } create => create.Mark,
        { Kind: CallKind.Upgrade } upgrade => CreatorOf(facts, facts.TimelineOf(upgrade.Session!.Value)),
        _ => null,
    };
}
