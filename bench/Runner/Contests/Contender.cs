using Bench.Runner.Servers;

namespace Bench.Runner.Contests;

/// <summary>One way of doing the work of a contest.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Server">Who does it.</param>
/// <param name="PrepareAsync">
/// Prepares a round, given its number, and returns the requests. What it needs is made before the clock runs.
/// </param>
internal sealed record Contender(string Name, BenchServer Server, Func<int, CancellationToken, Task<ContenderLoad>> PrepareAsync);
