using System.Text.Unicode;

namespace SessionApi.Http;

/// <summary>Check for text that JSON parsers accept although it is not Unicode.</summary>
internal static class JsonShape
{
    private const int EscapeLength = 6;

    /// <summary>Whether bytes are valid UTF-8 and no string escapes an unpaired surrogate.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && HasWholeSurrogates(json);

    private static bool HasWholeSurrogates(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var at = json.IndexOf((byte)'\\');
            if (at < 0 || at + 1 >= json.Length)
            {
                return true;
            }

            json = json[at..];
            if (json[1] != 'u')
            {
                json = json[2..];
                continue;
            }

            var unit = CodeUnit(json);
            var isPair = unit is >= 0xD800 and <= 0xDBFF && CodeUnit(json[EscapeLength..]) is >= 0xDC00 and <= 0xDFFF;
            if (unit is >= 0xD800 and <= 0xDFFF && !isPair)
            {
                return false;
            }

            json = json[Math.Min(json.Length, isPair ? 2 * EscapeLength : EscapeLength)..];
        }
    }

    // The number after \u, or -1 when it is malformed: the parser then refuses the text.
    private static int CodeUnit(ReadOnlySpan<byte> json)
    {
        if (json.Length < EscapeLength || json[0] != '\\' || json[1] != 'u')
        {
            return -1;
        }

        var unit = 0;
        foreach (var digit in json[2..EscapeLength])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }

            unit = (unit << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }
}
