using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>What stands under a session's key.</summary>
/// <param name="Verdict">Its kind.</param>
/// <param name="Live">The live session.</param>
/// <param name="Ended">The ended session.</param>
/// <param name="Stamp">The value's beginning, which tells it from every other; for what is unusable or has lapsed.</param>
internal readonly record struct CacheEntry(
    CacheVerdict Verdict, LiveSession? Live = null, EndedSession? Ended = null, byte[]? Stamp = null);
