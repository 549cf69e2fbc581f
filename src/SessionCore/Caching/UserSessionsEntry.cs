using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>What stands under a user's list key.</summary>
/// <param name="Verdict">Its kind.</param>
/// <param name="Ids">The user's live sessions, when it counts.</param>
/// <param name="Stamp">The value's beginning, when it is unusable.</param>
/// <param name="IsPoisoned">Whether it is unusable because it is not genuine.</param>
internal readonly record struct UserSessionsEntry(
    CacheVerdict Verdict, IReadOnlyList<SessionId>? Ids = null, byte[]? Stamp = null, bool IsPoisoned = false);
