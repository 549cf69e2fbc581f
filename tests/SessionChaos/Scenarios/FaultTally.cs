namespace SessionChaos.Scenarios;

/// <summary>How often a fault happened, and what was called meanwhile.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Times">How often.</param>
/// <param name="Calls">The calls in flight during the fault.</param>
/// <param name="Unknown">The number of these with an uncertain answer.</param>
internal sealed record FaultTally(string Fault, int Times, int Calls, int Unknown);
