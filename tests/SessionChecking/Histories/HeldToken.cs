using SessionCore.Sessions;

namespace SessionChecking.Histories;

/// <summary>A token as a client has it.</summary>
/// <param name="Number">Its number in the history.</param>
/// <param name="Text">The token.</param>
/// <param name="Read">The same, read.</param>
/// <param name="IssuedBy">The call it came from.</param>
internal sealed record HeldToken(int Number, string Text, SessionToken Read, Call IssuedBy);
