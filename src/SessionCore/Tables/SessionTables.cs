namespace SessionCore.Tables;

/// <summary>The two tables of the service.</summary>
/// <param name="Sessions">Sessions, users' heads and idempotency records: the source of truth.</param>
/// <param name="Due">What the purge looks at, and when.</param>
/// <param name="Name">What tells them from the tables of every other deployment: account and names. Empty where nothing else shares their keys.</param>
public sealed record SessionTables(ITable Sessions, ITable Due, string Name = "");
