namespace SessionCore.Caching;

/// <summary>Preconditions of every <see cref="ICache"/>; a violation is a bug of the caller.</summary>
internal static class CacheRules
{
    public static void CheckLease(string key, byte[] lease, TimeSpan ttl)
    {
        Check(key, lease, ttl);
        Require(lease[0] == CacheValue.Lease, "A lease must begin with 'L'.", nameof(lease));
    }

    public static void CheckFill(string key, byte[] lease, byte[] value, TimeSpan ttl)
    {
        CheckLease(key, lease, ttl);
        Check(key, value, ttl);
        Require(value[0] != CacheValue.Lease, "The value of a fill must not be a lease.", nameof(value));
    }

    public static void CheckRefresh(string key, byte[] value, TimeSpan ttl)
    {
        Check(key, value, ttl);
        Require(
            value[0] == CacheValue.Live && value.Length >= CacheValue.LiveHeaderBytes,
            "A refresh must have a live value with its version.",
            nameof(value));
    }

    public static void CheckEntomb(
        IReadOnlyList<KeyValuePair<string, byte[]>> tombstones, IReadOnlyList<string> removed, TimeSpan ttl)
    {
        ArgumentNullException.ThrowIfNull(tombstones);
        ArgumentNullException.ThrowIfNull(removed);
        Require(tombstones.Count > 0, "At least one tombstone is required.", nameof(tombstones));
        var slot = HashTag(tombstones[0].Key);
        foreach (var (key, value) in tombstones)
        {
            Check(key, value, ttl);
            Require(value[0] == CacheValue.Tombstone, "A tombstone must begin with 'T'.", nameof(tombstones));
            RequireSlot(slot, key);
        }

        foreach (var key in removed)
        {
            RequireSlot(slot, key);
        }
    }

    // Redis hashes the text between the first '{' and the next '}', or the whole key when that is empty.
    private static ReadOnlySpan<char> HashTag(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var tag = key.AsSpan(key.IndexOf('{') + 1);
        var end = tag.Length == key.Length ? -1 : tag.IndexOf('}');
        return end > 0 ? tag[..end] : key;
    }

    private static void RequireSlot(ReadOnlySpan<char> slot, string key) =>
        Require(HashTag(key).SequenceEqual(slot), "All keys of one call must share a hash tag, so that one Redis node has them all.", nameof(key));

    private static void Check(string key, byte[] value, TimeSpan ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ttl, TimeSpan.Zero);
        Require(value.Length > 0, "A value must not be empty: its first byte is its kind.", nameof(value));
    }

    private static void Require(bool condition, string rule, string argument)
    {
        if (!condition)
        {
            throw new ArgumentException(rule, argument);
        }
    }
}
