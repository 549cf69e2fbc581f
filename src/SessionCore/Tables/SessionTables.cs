namespace SessionCore.Tables;

/// <summary>The two tables of the service.</summary>
/// <param name="Sessions">Sessions, users' heads and idempotency records: the source of truth.</param>
/// <param name="Due">Due entries of the purge.</param>
/// <param name="Name">Account and table names, which distinguish deployments that share a key ring. Empty when none do.</param>
public sealed record SessionTables(ITable Sessions, ITable Due, string Name = "");
