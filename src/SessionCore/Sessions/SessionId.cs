using System.Buffers.Text;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>The public id of a session (sid): names and finds it, never authenticates.</summary>
/// <param name="Locator">Where the row is; the id says nothing else.</param>
public readonly record struct SessionId(SessionLocator Locator)
{
    /// <summary>The length of the text form: <c>ses_</c> and 43 base64url characters.</summary>
    public const int TextLength = 47;

    private const string Prefix = "ses_";

    /// <summary>Reads the text form; exactly one text is taken for each id.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SessionId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[SessionLocator.ByteLength];
        if (text.Length != TextLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !StrictBase64Url.TryDecode(text[Prefix.Length..], bytes))
        {
            return false;
        }

        id = new SessionId(SessionLocator.Read(bytes));
        return true;
    }

    /// <summary>The text form. It is public, but it names a user's session, so logs hold it only hashed.</summary>
    public override string ToString() => string.Create(TextLength, Locator, static (text, locator) =>
    {
        Span<byte> bytes = stackalloc byte[SessionLocator.ByteLength];
        locator.Write(bytes);
        Prefix.CopyTo(text);
        Base64Url.EncodeToChars(bytes, text[Prefix.Length..]);
    });
}
