using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SessionCore.Sessions;

/// <summary>Location of a session's row: the user's partition and the session's id, 16 bytes each.</summary>
/// <param name="Partition">The first 16 bytes of SHA-256 over the UTF-8 user id; random for an anonymous session.</param>
/// <param name="Id">16 random bytes.</param>
public readonly record struct SessionLocator(UInt128 Partition, UInt128 Id)
{
    /// <summary>The length of the binary form.</summary>
    public const int ByteLength = 32;

    /// <summary>The number of digits of a value in keys.</summary>
    internal const int HexLength = 32;

    /// <summary>How the row key of every session begins, and of no other row.</summary>
    internal const string RowPrefix = "s_";

    /// <summary>Gets the partition key of the sessions table: 32 lower-case hex digits.</summary>
    public string PartitionKey => Hex(Partition);

    /// <summary>Gets the row key of the session: <c>s_</c> and 32 lower-case hex digits.</summary>
    public string RowKey => string.Concat(RowPrefix, Hex(Id));

    /// <summary>Returns the partition of a user.</summary>
    public static UInt128 PartitionOf(string userId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(userId), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Returns 16 bytes from the operating system's random source.</summary>
    public static UInt128 NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes"><see cref="ByteLength"/> bytes.</param>
    public static SessionLocator Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Writes the binary form.</summary>
    /// <param name="bytes">At least <see cref="ByteLength"/> bytes.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Partition);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Id);
    }

    /// <summary>Reads the keys of a session's row.</summary>
    /// <returns>False when they are not the keys of a session.</returns>
    public static bool TryParseKeys(string partitionKey, string rowKey, out SessionLocator locator)
    {
        locator = default;
        if (rowKey.Length != 34
            || !rowKey.StartsWith(RowPrefix, StringComparison.Ordinal)
            || !TryParseHex(partitionKey, out var partition)
            || !TryParseHex(rowKey.AsSpan(2), out var id))
        {
            return false;
        }

        locator = new SessionLocator(partition, id);
        return true;
    }

    /// <summary>Returns a value as in keys: 32 lower-case hex digits.</summary>
    internal static string Hex(UInt128 value) => string.Create(HexLength, value, static (digits, it) => WriteHex(it, digits));

    /// <summary>
    /// Writes <see cref="HexLength"/> digits. Throws <see cref="ArgumentOutOfRangeException"/> when the span is shorter.
    /// </summary>
    internal static void WriteHex(UInt128 value, Span<char> digits)
    {
        // Several times as fast as UInt128.TryFormat.
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        Convert.TryToHexStringLower(bytes, digits[..HexLength], out _);
    }

    // One text per value: UInt128.TryParse alone also accepts upper case.
    internal static bool TryParseHex(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = default;
        return text.Length == 32
            && !text.ContainsAnyInRange('A', 'F')
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
