using Bench.Runner.Contests;

namespace Bench.Runner.Probes;

/// <summary>Finds figures that are no contest.</summary>
internal interface IProbe
{
    /// <summary>Gets the name in the report; it tells the probe for <c>--only</c> too.</summary>
    string Title { get; }

    /// <summary>Does the work and tells what it found.</summary>
    Task<ProbeResult> RunAsync(CancellationToken cancellationToken);
}
