namespace Bench.Runner.Contests;

/// <summary>The same work done by several contenders in turn, round by round.</summary>
/// <param name="Name">In the tables and in the bars.</param>
/// <param name="Connections">The number of concurrent requests.</param>
/// <param name="Contenders">Who takes part; the first is the anchor that the others are compared with.</param>
internal sealed record Contest(string Name, int Connections, IReadOnlyList<Contender> Contenders);
