namespace SessionCore.Caching;

/// <summary>Atomic steps that the cache protocol needs from Redis, without knowledge of sessions or encryption.</summary>
/// <remarks>
/// Every implementation passes <c>CacheConformance</c>. A value's first byte is its kind (<see cref="CacheValue"/>). Each step is
/// atomic for its keys when Redis applies it, which may be after the caller's time-out. All keys of one call share a hash slot.
/// Failures are reported by the returned task; only invalid arguments and a cancelled token throw synchronously.
/// </remarks>
public interface ICache
{
    /// <summary>Gets a value indicating whether calls currently fail without being sent, because Redis keeps failing.</summary>
    bool IsFailing => false;

    /// <summary>Lets the reads that this thread begins share a command, by holding them until the result is disposed of.</summary>
    /// <returns>Disposed of on the same thread, before a read is awaited; null where reads are not shared.</returns>
    IDisposable? Gather() => null;

    /// <summary>Reads a value.</summary>
    /// <returns>The value, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Puts a lease into an empty key, so that its owner alone may fill it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="lease">The lease value, unique for this attempt.</param>
    /// <param name="replaceable">
    /// Prefix of a value that the caller found too old or not genuine: if the key still holds it, the lease replaces it.
    /// </param>
    /// <param name="ttl">How long the lease lasts.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns><see langword="null"/> when the lease was granted; otherwise the current value of the key.</returns>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time; the lease may have been granted.</exception>
    ValueTask<byte[]?> LeaseAsync(string key, byte[] lease, byte[]? replaceable, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Replaces the caller's own lease by a value.</summary>
    /// <returns>Whether the key still held <paramref name="lease"/>; otherwise nothing changed.</returns>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time; the value may be written, now or later.</exception>
    ValueTask<bool> FillAsync(string key, byte[] lease, byte[] value, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>
    /// Updates a key after a write to the table: replaces a live value of a lower version, removes a lease, keeps a tombstone, and
    /// leaves an empty key empty.
    /// </summary>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    ValueTask RefreshAsync(string key, byte[] value, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Writes tombstones unconditionally and removes other keys; all keys of one user in one step.</summary>
    /// <param name="tombstones">Key and value of each tombstone; not empty, one hash slot.</param>
    /// <param name="removed">Keys to delete in the same step (the user's list); same hash slot.</param>
    /// <param name="ttl">How long the tombstones last.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether the write is confirmed, including the replicas where the cache waits for them.</returns>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    ValueTask<bool> EntombAsync(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Removes a key, or only if its value still begins with <paramref name="expected"/>.</summary>
    /// <exception cref="CacheUnavailableException">Redis did not answer in time.</exception>
    ValueTask RemoveAsync(string key, byte[]? expected, CancellationToken cancellationToken);
}
