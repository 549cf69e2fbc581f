using SessionCore.Sessions;

namespace SessionChaos.Histories;

/// <summary>A session as a write left it.</summary>
/// <param name="At">When.</param>
/// <param name="Session">The row.</param>
/// <param name="Body">What no store sees in clear; null once it has ended.</param>
internal sealed record WrittenState(long At, Session Session, SessionBody? Body);
