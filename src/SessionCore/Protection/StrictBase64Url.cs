using System.Buffers;
using System.Buffers.Text;

namespace SessionCore.Protection;

/// <summary>Base64url (RFC 4648 section 5) without padding, white space or second spellings.</summary>
internal static class StrictBase64Url
{
    private const string AlphabetText = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Base64Url alone takes padding and white space: two texts for one value.
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(AlphabetText);

    /// <summary>Decodes when the text is of the alphabet and means exactly as many bytes as there is room for.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == Base64Url.GetEncodedLength(bytes.Length)
        && !text.ContainsAnyExcept(Alphabet)
        && HasNoSpareBits(text, bytes.Length)
        && Base64Url.TryDecodeFromChars(text, bytes, out var written)
        && written == bytes.Length;

    // The last character of a partial group carries bits beyond the last byte; they are zero in the one accepted spelling.
    private static bool HasNoSpareBits(ReadOnlySpan<char> text, int byteCount)
    {
        var spareBits = (byteCount % 3) switch { 1 => 4, 2 => 2, _ => 0 };
        return spareBits == 0 || (AlphabetText.IndexOf(text[^1], StringComparison.Ordinal) & ((1 << spareBits) - 1)) == 0;
    }
}
