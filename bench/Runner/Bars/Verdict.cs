using Bench.Runner.Contests;

namespace Bench.Runner.Bars;

/// <summary>How a bar was met.</summary>
/// <param name="Bar">The bar.</param>
/// <param name="Figure">What was measured; null when it was not.</param>
/// <param name="Standing">Met, missed, or why it is not judged.</param>
internal sealed record Verdict(Bar Bar, Spread? Figure, Standing Standing);
