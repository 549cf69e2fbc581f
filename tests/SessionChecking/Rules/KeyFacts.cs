using SessionChecking.Histories;
using SessionChecking.Workloads;
using SessionCore.Sessions;

namespace SessionChecking.Rules;

/// <summary>A history of one key.</summary>
/// <param name="Key">Which.</param>
/// <param name="Calls">The calls that named it.</param>
/// <param name="Sessions">The sessions that were the key's, each with the place in the order from which on that is certain.</param>
internal sealed record KeyFacts(NamedKey Key, IReadOnlyList<Call> Calls, IReadOnlyDictionary<SessionLocator, int> Sessions)
{
    public static IEnumerable<KeyFacts> Of(Facts facts) => facts.Calls
        .Where(call => call.Named is not null)
        .GroupBy(call => call.Named!)
        .Select(calls => new KeyFacts(calls.Key, [.. calls], SessionsOf(facts, calls)));

    /// <summary>Whether a call has saved: what the API answers with 200 or 201.</summary>
    public static bool IsSaved(Call call) => call.Answer is KeyedChange { Outcome: KeyedOutcome.Created or KeyedOutcome.Changed };

    // What was answered; and what it moved to, whether anybody was answered with that or not.
    private static Dictionary<SessionLocator, int> SessionsOf(Facts facts, IEnumerable<Call> calls)
    {
        var sessions = new Dictionary<SessionLocator, int>();
        foreach (var sighting in calls.SelectMany(Sighting.Of).OrderBy(sighting => sighting.Call.End))
        {
            sessions.TryAdd(sighting.Session, sighting.Call.End);
        }

        foreach (var session in sessions.Keys.ToArray())
        {
            if (facts.TimelineOf(session).FirstOrDefault(state => state.Session?.EndReason == EndReasons.Upgraded) is { } moved
                && facts.History.Truth.Timelines.Keys.FirstOrDefault(copy => SessionLocator.Hex(copy.Id) == moved.Session!.Operation) is { } to
                && to != default
                && (!sessions.TryGetValue(to, out var since) || since > moved.Moment))
            {
                sessions[to] = moved.Moment;
            }
        }

        return sessions;
    }
}
