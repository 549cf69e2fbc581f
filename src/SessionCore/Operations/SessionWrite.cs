using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>What a change of one session came to.</summary>
/// <param name="Live">The session as it is now; null when there is no live one.</param>
/// <param name="Ended">The session, when it has ended.</param>
/// <param name="Written">Whether a new state was written.</param>
/// <param name="Confirmed">Whether the cache confirmed it.</param>
internal readonly record struct SessionWrite(LiveSession? Live, EndedSession? Ended, bool Written, bool Confirmed);
