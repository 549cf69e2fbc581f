using SessionChaos.Histories;

namespace SessionChaos.Scenarios;

/// <summary>Result of a round.</summary>
/// <param name="Run">Everything that happened.</param>
/// <param name="Faults">What went wrong on purpose.</param>
/// <param name="Findings">Where promises were broken.</param>
internal sealed record ChaosReport(RecordedRun Run, IReadOnlyList<FaultTally> Faults, IReadOnlyList<RunFinding> Findings)
{
    public int Calls => Run.Calls.Count();

    /// <summary>Gets the number of calls with an uncertain answer.</summary>
    public int Unknown => Run.Calls.Count(call => !call.IsAnswered);

    /// <summary>Gets how many writes the store has applied.</summary>
    public int Writes => Run.Log.Count;

    /// <summary>Gets how many ends were said to count everywhere at once.</summary>
    public int EndsConfirmed => Run.Calls.Count(call => call is { IsEnd: true, Status: 204 or 200 });

    /// <summary>Gets how many ends were said to count from a time on.</summary>
    public int EndsAnnounced => Run.Calls.Count(call => call is { IsEnd: true, Status: 202 });
}
