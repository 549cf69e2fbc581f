namespace SessionCore.Caching;

/// <summary>What a look into the cache came to.</summary>
internal enum CacheVerdict
{
    /// <summary>There is no cache, or it has nothing to say here: the table answers.</summary>
    None,

    /// <summary>It did not answer in time: the table answers, and the answer says so.</summary>
    Unavailable,

    /// <summary>The key is empty.</summary>
    Absent,

    /// <summary>A live entry, genuine and within its age; its ends are still to be looked at.</summary>
    Live,

    /// <summary>A tombstone, which is final.</summary>
    Ended,

    /// <summary>A value that is too old or not genuine.</summary>
    Unusable,

    /// <summary>Somebody else holds a lease.</summary>
    Leased,

    /// <summary>The caller's own lease stands in the key now.</summary>
    Granted,
}
