using System.Buffers.Text;
using SessionCore.Protection;

namespace SessionCore.Sessions;

/// <summary>Public id of a session (sid). It identifies, but never authenticates.</summary>
/// <param name="Locator">The location of the row.</param>
public readonly record struct SessionId(SessionLocator Locator)
{
    /// <summary>The length of the text form: <c>ses_</c> and 43 base64url characters.</summary>
    public const int TextLength = 47;

    private const string Prefix = "ses_";

    /// <summary>Reads the text form; each id has exactly one.</summary>
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

    /// <summary>Returns the text form. It is public, but identifies a user's session, so logs contain it only hashed.</summary>
    public override string ToString() => string.Create(TextLength, Locator, static (text, locator) =>
    {
        Span<byte> bytes = stackalloc byte[SessionLocator.ByteLength];
        locator.Write(bytes);
        Prefix.CopyTo(text);
        Base64Url.EncodeToChars(bytes, text[Prefix.Length..]);
    });
}
