namespace Support.Caching;

/// <summary>When a hook is called.</summary>
public enum CacheMoment
{
    /// <summary>
    /// Nothing is read or changed yet; an exception means that the call never reached the cache, and
    /// <see cref="CacheOperation.Postpone"/> that it will, after the caller's time-out.
    /// </summary>
    Before,

    /// <summary>Read or changed; an exception means that the answer got lost.</summary>
    After,

    /// <summary>
    /// A tombstone is put and waits for the replica (only where <see cref="InMemoryCache.WaitForReplica"/> is set): it is
    /// confirmed if it has been replicated when the hook returns.
    /// </summary>
    Replicating,
}
