namespace Infra.Tests.Costs;

/// <summary>What an operation asks of the stores.</summary>
/// <param name="Reads">Point reads and queries of a table.</param>
/// <param name="Writes">Single writes and transactions of a table.</param>
/// <param name="Redis">Round trips to Redis.</param>
internal readonly record struct StoreCalls(int Reads, int Writes, int Redis);
