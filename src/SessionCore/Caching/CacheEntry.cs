using SessionCore.Sessions;

namespace SessionCore.Caching;

/// <summary>Cache entry of a session.</summary>
/// <param name="Verdict">The kind.</param>
/// <param name="Live">The live session.</param>
/// <param name="Ended">The ended session.</param>
/// <param name="Stamp">A prefix that identifies the value, for a conditional replacement; set for unusable and expired values.</param>
internal readonly record struct CacheEntry(
    CacheVerdict Verdict, LiveSession? Live = null, EndedSession? Ended = null, byte[]? Stamp = null);

/// <summary>Kind of a cache entry, or the reason why there is none.</summary>
internal enum CacheVerdict
{
    /// <summary>There is no cache, or it is not used for this session: the table answers.</summary>
    None,

    /// <summary>It did not answer in time: the table answers, and the answer is marked degraded.</summary>
    Unavailable,

    /// <summary>The key is empty.</summary>
    Absent,

    /// <summary>A live entry, genuine and young enough for the read; its ends are still to be looked at.</summary>
    Live,

    /// <summary>A tombstone, which is final.</summary>
    Ended,

    /// <summary>A value that is too old or not genuine.</summary>
    Unusable,

    /// <summary>Another reader holds the lease.</summary>
    Leased,

    /// <summary>The key holds the caller's lease.</summary>
    Granted,
}

/// <summary>Result of a lease request: the token, or the current value.</summary>
/// <param name="Entry">The current value; <see cref="CacheVerdict.Granted"/> when the lease was granted.</param>
/// <param name="Token">The token of the lease; null when it was not granted.</param>
internal readonly record struct CacheLease(CacheEntry Entry, byte[]? Token);
