namespace Bench.Runner.Contests;

/// <summary>Figures that are no contest: counts of calls, memory, time to start.</summary>
/// <param name="Name">In the report and in the bars.</param>
/// <param name="Figures">What was found.</param>
internal sealed record ProbeResult(string Name, IReadOnlyList<ProbeFigure> Figures);
