using System.Buffers;
using System.Text.Unicode;

namespace SessionApi.Http;

/// <summary>Strict check of percent-encoding (RFC 3986 section 2.1), which the server decodes leniently.</summary>
internal static class PercentEncoding
{
    private const int StackBytes = 256;

    /// <summary>Whether every percent sign of a path or query starts an encoded byte, and the decoded bytes are UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOf('%');
            if (at < 0)
            {
                return true;
            }

            text = text[at..];
            if (!TryTakeRun(ref text))
            {
                return false;
            }
        }
    }

    // Adjacent encoded bytes are decoded together; the text between runs is ASCII.
    private static bool TryTakeRun(ref ReadOnlySpan<char> text)
    {
        var most = (text.Length / 3) + 1;
        var rented = most <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(most);
        Span<byte> bytes = rented ?? stackalloc byte[StackBytes];
        try
        {
            var count = 0;
            while (!text.IsEmpty && text[0] == '%')
            {
                if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
                {
                    return false;
                }

                bytes[count++] = (byte)((Nibble(text[1]) << 4) | Nibble(text[2]));
                text = text[3..];
            }

            return Utf8.IsValid(bytes[..count]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static int Nibble(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
