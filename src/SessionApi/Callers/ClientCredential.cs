using System.Text;
using Microsoft.Extensions.Primitives;
using SessionApi.Http;

namespace SessionApi.Callers;

/// <summary>Name and secret of a client of OAuth 2.0, not judged yet (RFC 6749 section 2.3.1). The secret is a service key.</summary>
internal readonly record struct ClientCredential(string Id, string Secret)
{
    private const string Basic = "Basic ";

    /// <summary>Reads it from an Authorization header.</summary>
    /// <returns>Null when the header is of another scheme; without a name when it is malformed.</returns>
    public static ClientCredential? OfHeader(StringValues header)
    {
        if (header is not [{ } text] || !text.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = text.AsSpan(Basic.Length).Trim(' ');
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return default(ClientCredential);
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? default(ClientCredential) : new ClientCredential(Decode(pair[..colon]), Decode(pair[(colon + 1)..]));
    }

    /// <summary>Reads it from a form.</summary>
    /// <returns>Null when the form has no secret: a name alone authenticates nobody.</returns>
    public static ClientCredential? OfForm(RequestForm form) =>
        form[RequestForm.ClientSecret] is { } secret ? new ClientCredential(form[RequestForm.ClientId] ?? "", secret) : null;

    /// <summary>A form that is safe in logs.</summary>
    public override string ToString() => $"{Id} (redacted)";

    // Names and keys have no character that either form encodes, so clients that do not encode (RFC 7617) are understood too.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
