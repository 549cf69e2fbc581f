using Bench.Runner.Contests;

namespace Bench.Runner.Bars;

/// <summary>What the product must reach, and what it aims at.</summary>
internal sealed record Bar
{
    /// <summary>Gets the work, in words.</summary>
    public required string Work { get; init; }

    /// <summary>Gets the contest, or the probe, that the figure comes from.</summary>
    public required string From { get; init; }

    /// <summary>Gets the contender, or the probe's figure.</summary>
    public required string Who { get; init; }

    /// <summary>Gets the contender it is divided by; null judges the figure itself.</summary>
    public string? Against { get; init; }

    /// <summary>Gets what is compared; of a probe's figure it says nothing.</summary>
    public Metric Metric { get; init; }

    public required Direction Direction { get; init; }

    public required double Must { get; init; }

    public required double Goal { get; init; }

    /// <summary>Gets the unit of an absolute bar; ratios have none.</summary>
    public string Unit { get; init; } = "×";

    public bool Holds(double figure, double bar) => Direction is Direction.AtLeast ? figure >= bar : figure <= bar;
}
