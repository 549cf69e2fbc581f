namespace Bench.Runner.Bars;

/// <summary>Which side of a bar is the good one.</summary>
internal enum Direction
{
    /// <summary>The figure must not be lower.</summary>
    AtLeast,

    /// <summary>The figure must not be higher.</summary>
    AtMost,
}
