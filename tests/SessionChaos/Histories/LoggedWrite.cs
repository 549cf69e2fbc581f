using Support.TableServer.Storage;

namespace SessionChaos.Histories;

/// <summary>A line of the store's log and what it did to sessions.</summary>
/// <param name="Record">The line.</param>
/// <param name="IsDue">Whether it is about the table of what is due.</param>
/// <param name="Sessions">What it did to sessions; nothing for the table of what is due.</param>
internal sealed record LoggedWrite(LogRecord Record, bool IsDue, IReadOnlyList<SessionChange> Sessions);
