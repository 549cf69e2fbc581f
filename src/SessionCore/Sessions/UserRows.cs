namespace SessionCore.Sessions;

/// <summary>A user's rows as one query found them.</summary>
/// <param name="Head">The head; null when there is none.</param>
/// <param name="Sessions">The session rows.</param>
/// <param name="Unreadable">Rows that are none of ours; the purge sees to them.</param>
internal sealed record UserRows(UserHead? Head, IReadOnlyList<Session> Sessions, int Unreadable);
