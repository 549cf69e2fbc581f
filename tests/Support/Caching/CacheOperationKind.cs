namespace Support.Caching;

/// <summary>The calls of an <see cref="SessionCore.Caching.ICache"/>.</summary>
public enum CacheOperationKind
{
    Get,
    Lease,
    Fill,
    Refresh,
    Entomb,
    Remove,
}
