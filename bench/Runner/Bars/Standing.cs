namespace Bench.Runner.Bars;

/// <summary>The outcome of judging a bar.</summary>
internal enum Standing
{
    /// <summary>Both the bar and the goal are reached.</summary>
    Goal,

    /// <summary>The bar is reached, the goal is not.</summary>
    Met,

    /// <summary>The bar is not reached.</summary>
    Missed,

    /// <summary>The anchor's own rounds lie too far apart to judge by them.</summary>
    AnchorUnsteady,

    /// <summary>The work had errors, so its figures say nothing.</summary>
    HadErrors,

    /// <summary>This run did not measure it.</summary>
    NotMeasured,
}
