using Bench.Runner.Contests;

namespace Bench.Runner.Probes;

/// <summary>Finds figures that are no contest.</summary>
internal interface IProbe
{
    /// <summary>Gets the name in the report and for <c>--only</c>.</summary>
    string Title { get; }

    /// <summary>Runs the probe and returns its figures.</summary>
    Task<ProbeResult> RunAsync(CancellationToken cancellationToken);
}
