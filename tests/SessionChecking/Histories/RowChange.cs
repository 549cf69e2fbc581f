using SessionCore.Sessions;

namespace SessionChecking.Histories;

/// <summary>What a write did to a session's row.</summary>
/// <param name="Session">Which.</param>
/// <param name="Before">What was there; null for nothing.</param>
/// <param name="After">What is there now; null for nothing.</param>
/// <param name="IsReadable">Whether the row is a session now.</param>
/// <param name="DueHours">What stood in the table of what is due for it.</param>
internal sealed record RowChange(
    SessionLocator Session, Session? Before, Session? After, bool IsReadable, IReadOnlyList<string> DueHours);
