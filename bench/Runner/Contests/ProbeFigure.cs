namespace Bench.Runner.Contests;

/// <summary>One figure of a probe.</summary>
internal sealed record ProbeFigure(string Name, double Value, string Unit);
