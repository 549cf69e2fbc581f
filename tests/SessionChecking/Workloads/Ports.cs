using SessionCore.Caching;
using SessionCore.Tables;

namespace SessionChecking.Workloads;

/// <summary>What an instance of the core is given: the places where a fault of the protocol can be planted without touching the core.</summary>
/// <param name="Sessions">The table of sessions.</param>
/// <param name="Due">The table of what is due.</param>
/// <param name="Cache">The cache.</param>
/// <param name="Clock">The clock.</param>
internal sealed record Ports(ITable Sessions, ITable Due, ICache Cache, TimeProvider Clock);
