using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace SessionApi.Http;

/// <summary>Media types of requests, by the grammar of RFC 9110 sections 5.6.6 and 8.3.1.</summary>
internal static class RequestMediaType
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string Form = "application/x-www-form-urlencoded";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a Content-Type is one of two media types, in UTF-8. Parameters other than <c>charset</c> are ignored.</summary>
    public static bool IsAllowed(StringValues contentType, string allowed, string? alsoAllowed = null)
    {
        if (contentType is not [{ } text])
        {
            return false;
        }

        var rest = text.AsSpan().Trim(" \t");
        var semicolon = rest.IndexOf(';');
        var type = (semicolon < 0 ? rest : rest[..semicolon]).TrimEnd(" \t");
        return (type.Equals(allowed, StringComparison.OrdinalIgnoreCase)
                || (alsoAllowed is not null && type.Equals(alsoAllowed, StringComparison.OrdinalIgnoreCase)))
            && (semicolon < 0 || AreParametersAllowed(rest[(semicolon + 1)..]));
    }

    // parameters = *( OWS ";" OWS [ parameter ] ), from behind the first semicolon.
    private static bool AreParametersAllowed(ReadOnlySpan<char> rest)
    {
        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ';' && !TryTakeParameter(ref rest))
            {
                return false;
            }

            rest = rest.TrimStart(" \t");
            if (rest.IsEmpty)
            {
                return true;
            }

            if (rest[0] != ';')
            {
                return false;
            }

            rest = rest[1..];
        }
    }

    private static bool TryTakeParameter(ref ReadOnlySpan<char> rest)
    {
        var name = TakeToken(ref rest);
        if (name.IsEmpty || rest.IsEmpty || rest[0] != '=')
        {
            return false;
        }

        rest = rest[1..];
        var isCharset = name.Equals("charset", StringComparison.OrdinalIgnoreCase);
        if (!rest.IsEmpty && rest[0] == '"')
        {
            Span<char> text = stackalloc char[8];
            return TryTakeQuoted(ref rest, text, out var length) && (!isCharset || IsUtf8(text[..length]));
        }

        var value = TakeToken(ref rest);
        return !value.IsEmpty && (!isCharset || IsUtf8(value));
    }

    private static bool IsUtf8(ReadOnlySpan<char> charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> TakeToken(ref ReadOnlySpan<char> rest)
    {
        var length = rest.IndexOfAnyExcept(TokenCharacters);
        var token = length < 0 ? rest : rest[..length];
        rest = rest[token.Length..];
        return token;
    }

    // The value is copied only up to the length of a charset name.
    private static bool TryTakeQuoted(ref ReadOnlySpan<char> rest, scoped Span<char> value, out int length)
    {
        length = 0;
        var i = 1;
        while (i < rest.Length)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return true;
            }

            i += rest[i] == '\\' ? 1 : 0;
            if (i < rest.Length && (rest[i] == '\t' || !char.IsControl(rest[i])))
            {
                value[Math.Min(length, value.Length - 1)] = rest[i];
                length = Math.Min(length + 1, value.Length);
                i++;
            }
            else
            {
                return false;
            }
        }

        return false;
    }
}
