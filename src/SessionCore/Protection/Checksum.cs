using System.Numerics;

namespace SessionCore.Protection;

/// <summary>
/// Last six characters of every token and key: CRC-32C in base62, most significant digit first. It detects garbage and typing errors
/// without a look-up, and lets secret scanners recognise a leaked credential. It is not a security check.
/// </summary>
public static class Checksum
{
    /// <summary>The number of characters: 62^6 exceeds 2^32.</summary>
    public const int Length = 6;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Writes the checksum of ASCII text.</summary>
    /// <param name="text">The ASCII text to check.</param>
    /// <param name="checksum">At least <see cref="Length"/> characters.</param>
    public static void Write(ReadOnlySpan<char> text, Span<char> checksum)
    {
        var crc = Crc32C(text);
        for (var i = Length - 1; i >= 0; i--)
        {
            (crc, var digit) = Math.DivRem(crc, 62u);
            checksum[i] = Digits[(int)digit];
        }
    }

    /// <summary>Whether the last <see cref="Length"/> characters are the checksum of those before.</summary>
    public static bool IsRight(ReadOnlySpan<char> text)
    {
        if (text.Length <= Length)
        {
            return false;
        }

        Span<char> expected = stackalloc char[Length];
        Write(text[..^Length], expected);
        return text[^Length..].SequenceEqual(expected);
    }

    // RFC 3720 appendix B.4. The grammar refuses characters beyond ASCII, so their checksum does not matter.
    private static uint Crc32C(ReadOnlySpan<char> text)
    {
        var crc = uint.MaxValue;
        foreach (var character in text)
        {
            crc = BitOperations.Crc32C(crc, (byte)character);
        }

        return ~crc;
    }
}
