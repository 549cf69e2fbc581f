namespace SessionChaos.Scenarios;

/// <summary>How often a fault happened, and what was called meanwhile.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Times">How often.</param>
/// <param name="Calls">The calls under way while it lasted.</param>
/// <param name="Unknown">How many of them could not be told what came of them.</param>
internal sealed record FaultTally(string Fault, int Times, int Calls, int Unknown);
