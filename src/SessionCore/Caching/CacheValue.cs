using System.Globalization;
using System.Security.Cryptography;

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

    private const int LeaseBytes = 17;

    /// <summary>Draws the value of a lease.</summary>
    public static byte[] NewLease()
    {
        var lease = new byte[LeaseBytes];
        lease[0] = Lease;
        RandomNumberGenerator.Fill(lease.AsSpan(1));
        return lease;
    }

    /// <summary>Writes the header of a live value.</summary>
    public static void WriteLiveHeader(Span<byte> header, long version)
    {
        header[0] = Live;
        version.TryFormat(header[1..], out _, "x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the version of a live value; null when its header is malformed.</summary>
    public static long? VersionOf(ReadOnlySpan<byte> value) =>
        long.TryParse(value[1..LiveHeaderBytes], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version) ? version : null;
}
