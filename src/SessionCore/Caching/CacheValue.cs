namespace SessionCore.Caching;

/// <summary>Kinds of cache values, by their first byte.</summary>
/// <remarks>
/// A live value is <c>V</c>, its version as 16 lower-case hex digits (so that Redis compares versions as text), then a
/// sealed body. A tombstone is <c>T</c> and a sealed body. A lease is <c>L</c> and random bytes.
/// </remarks>
public static class CacheValue
{
    /// <summary>A lease: a reader is reading the table to fill the key.</summary>
    public const byte Lease = (byte)'L';

    /// <summary>A live value.</summary>
    public const byte Live = (byte)'V';

    /// <summary>A tombstone: the session of the key has ended, which is final.</summary>
    public const byte Tombstone = (byte)'T';

    /// <summary>The length of a live value's header: kind and version.</summary>
    public const int LiveHeaderBytes = 17;
}
