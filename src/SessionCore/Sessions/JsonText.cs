using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SessionCore.Sessions;

/// <summary>
/// Encoder of the minified JSON that this product stores, measures and sends: no white space, numbers as received, and only the escapes
/// that RFC 8259 section 7 requires, in the spelling of RFC 8785 section 3.2.2.2.
/// </summary>
/// <remarks>
/// The platform's encoders also escape text that HTML or old parsers misread: characters beyond the basic plane, other non-ASCII text,
/// and <c>&lt; &gt; &amp; ' +</c>. Such text grows up to threefold and would exceed limits that clients measure on their own JSON.
/// </remarks>
public sealed class JsonText : JavaScriptEncoder
{
    private static readonly SearchValues<char> EscapedCharacters = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private JsonText()
    {
    }

    /// <summary>Gets the encoder.</summary>
    public static JsonText Encoder { get; } = new();

    /// <summary>Gets the options for writers.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Encoder, SkipValidation = true };

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <summary>Returns an element in minified form.</summary>
    public static byte[] Minify(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
        {
            element.WriteTo(writer);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

#pragma warning disable S6640 // the overridden methods take pointers; the spans over them have the given lengths
    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny(EscapedCharacters);

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> escape = stackalloc char[6];
        var length = Escape(unicodeScalar, escape);
        numberOfCharactersWritten = escape[..length].TryCopyTo(new Span<char>(buffer, bufferLength)) ? length : 0;
        return numberOfCharactersWritten > 0;
    }
#pragma warning restore S6640

    private static int Escape(int scalar, Span<char> escape)
    {
        var shortForm = scalar switch
        {
            '"' or '\\' => (char)scalar,
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            _ => '\0',
        };
        escape[0] = '\\';
        if (shortForm != '\0')
        {
            escape[1] = shortForm;
            return 2;
        }

        const string digits = "0123456789abcdef";
        escape[1] = 'u';
        escape[2] = digits[(scalar >> 12) & 0xF];
        escape[3] = digits[(scalar >> 8) & 0xF];
        escape[4] = digits[(scalar >> 4) & 0xF];
        escape[5] = digits[scalar & 0xF];
        return 6;
    }
}
