namespace SessionChaos.Scenarios;

/// <summary>How a round goes.</summary>
/// <param name="Seed">What chooses the order of faults and what clients do. Processes have their own time, so a seed gives a similar round, not the same.</param>
/// <param name="FaultLength">About how long each fault lasts.</param>
/// <param name="Faults">How many of the faults happen; each at most once.</param>
internal sealed record ChaosRoundOptions(ulong Seed, TimeSpan FaultLength, int Faults = int.MaxValue);
