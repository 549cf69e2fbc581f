using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace SessionApi.Http;

/// <summary>Grammar of text values in a body or query.</summary>
internal static class RequestText
{
    public const int MaxUserIdCharacters = 256;
    public const int MaxNameCharacters = 32;
    public const int MaxReasonCharacters = 64;
    public const int MaxIdempotencyKeyCharacters = 255;

    /// <summary>Error text for <see cref="IsUserId"/>.</summary>
    public const string UserIdRule = "must be 1 to 256 printable characters, at least one of them visible";

    // Letters and symbols without a glyph: Hangul and Braille fillers, and default-ignorable code points of Unicode.
    private static readonly SearchValues<char> Fillers = SearchValues.Create("\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180F\u2800\u3164\uFFA0");

    private static readonly SearchValues<char> Kebab = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>
    /// Whether text has an allowed number of characters (Unicode scalar values), all printable: no control characters, line separators
    /// or lone surrogates. Names and ids in any script are allowed.
    /// </summary>
    public static bool IsPrintable(ReadOnlySpan<char> text, int minCharacters, int maxCharacters)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || ++count > maxCharacters)
            {
                return false;
            }

            text = text[length..];
        }

        return count >= minCharacters;
    }

    /// <summary>Whether text can be the id of a user: printable, with at least one visible character.</summary>
    public static bool IsUserId(ReadOnlySpan<char> text) => IsPrintable(text, 1, MaxUserIdCharacters) && IsVisible(text);

    /// <summary>Whether text holds a character that can be seen.</summary>
    public static bool IsVisible(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var isFiller = (rune.IsBmp && Fillers.Contains((char)rune.Value))
                || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
            if (!isFiller && !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether text is words of a-z and 0-9 joined by single hyphens.</summary>
    public static bool IsReason(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxReasonCharacters
        && !text.ContainsAnyExcept(Kebab)
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal);

    /// <summary>Whether text is 1 to 255 printable ASCII characters.</summary>
    public static bool IsIdempotencyKey(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxIdempotencyKeyCharacters && !text.ContainsAnyExceptInRange(' ', '~');

    /// <summary>
    /// Returns a name for error messages, in quotes after a space. Empty for text that is long or unlike a member name, which may be a
    /// secret.
    /// </summary>
    public static string QuotedName(string name) =>
        name.Length is > 0 and <= MaxNameCharacters && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit) ? $" '{name}'" : "";

    /// <summary>
    /// Reads an address in its usual form. <see cref="IPAddress.TryParse(ReadOnlySpan{char}, out IPAddress)"/> alone also accepts
    /// ports, scopes, octal, hexadecimal and shortened IPv4.
    /// </summary>
    /// <returns>The canonical text of the address, or null.</returns>
    public static string? CanonicalAddress(ReadOnlySpan<char> text)
    {
        const int longestAddress = 45;
        if (text.Length > longestAddress || text.ContainsAny('[', '%') || !IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        var canonical = address.ToString();
        return text.Contains(':') || text.SequenceEqual(canonical) ? canonical : null;
    }
}
