namespace SessionCore.Caching;

/// <summary>The answer to a wish to fill a key: either a lease, or what stands there instead.</summary>
/// <param name="Entry">What stands in the key; <see cref="CacheVerdict.Granted"/> when it is the lease.</param>
/// <param name="Token">The lease, when it was granted.</param>
internal readonly record struct CacheLease(CacheEntry Entry, byte[]? Token);
