namespace Support.Caching;

/// <summary>One call to a cache, at one of its moments.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Moment">Before or after it takes effect.</param>
/// <param name="Key">The key; of several, the first tombstone's.</param>
public sealed record CacheOperation(CacheOperationKind Kind, CacheMoment Moment, string Key)
{
    internal bool IsPostponed { get; private set; }

    /// <summary>
    /// Lets the caller see a time-out now, and the write take effect at <see cref="InMemoryCache.ApplyPostponed"/>: what a
    /// command does that waits in the client's queue. Only before a write.
    /// </summary>
    public void Postpone()
    {
        if (Moment != CacheMoment.Before || Kind == CacheOperationKind.Get)
        {
            throw new InvalidOperationException("Only a write that has not taken effect can be late.");
        }

        IsPostponed = true;
    }
}
