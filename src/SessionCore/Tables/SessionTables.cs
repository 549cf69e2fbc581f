namespace SessionCore.Tables;

/// <summary>The two tables of the service.</summary>
/// <param name="Sessions">Sessions, users' heads and idempotency records: the source of truth.</param>
/// <param name="Due">What the purge looks at, and when.</param>
public sealed record SessionTables(ITable Sessions, ITable Due);
