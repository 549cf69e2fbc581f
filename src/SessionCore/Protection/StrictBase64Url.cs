using System.Buffers;
using System.Buffers.Text;

namespace SessionCore.Protection;

/// <summary>Base64url (RFC 4648 section 5) without padding and white space, with exactly one spelling per value.</summary>
internal static class StrictBase64Url
{
    private const string AlphabetText = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Base64Url alone accepts padding and white space: several texts for one value.
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(AlphabetText);

    /// <summary>Decodes canonical text of exactly as many bytes as the output has.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == Base64Url.GetEncodedLength(bytes.Length)
        && !text.ContainsAnyExcept(Alphabet)
        && HasNoSpareBits(text, bytes.Length)
        && Base64Url.TryDecodeFromChars(text, bytes, out var written)
        && written == bytes.Length;

    // The last character of a partial group has bits beyond the last byte; they must be zero.
    private static bool HasNoSpareBits(ReadOnlySpan<char> text, int byteCount)
    {
        var spareBits = (byteCount % 3) switch { 1 => 4, 2 => 2, _ => 0 };
        return spareBits == 0 || (AlphabetText.IndexOf(text[^1], StringComparison.Ordinal) & ((1 << spareBits) - 1)) == 0;
    }
}
