using Microsoft.Extensions.Caching.Distributed;

namespace SessionFunctions.AspNetCore.Caching;

/// <summary>Options of the distributed cache on the session API.</summary>
public sealed class SessionsDistributedCacheOptions
{
    /// <summary>Gets or sets what is put before each key, to keep applications with the same service key apart. Default empty.</summary>
    public string InstanceName { get; set; } = "";

    /// <summary>Gets or sets the sliding expiration of entries that are set without any expiration. Default 20 minutes; at least 1 second.</summary>
    public TimeSpan DefaultSlidingExpiration { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Gets or sets the cache that was used before, for the time that its entries still live: what is not found is read from it, and what is set or
    /// removed is removed from it. Default null. The application disposes of it.
    /// </summary>
    public IDistributedCache? Fallback { get; set; }
}
