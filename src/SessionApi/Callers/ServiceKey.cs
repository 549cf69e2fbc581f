using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;

namespace SessionApi.Callers;

/// <summary>Key of a service: <c>ssk_</c>, id, <c>_</c>, 43 base64url characters of secret, checksum.</summary>
/// <remarks>Only <see cref="Hash"/> goes into the configuration; the text is shown once, when the key is created.</remarks>
public sealed class ServiceKey
{
    /// <summary>Prefix of every service key.</summary>
    public const string Prefix = "ssk_";

    internal const int MaxIdCharacters = 32;
    private const int SecretBytes = 32;
    private const int SecretChars = 43;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string _text;

    private ServiceKey(string id, string text, string hash)
    {
        Id = id;
        Hash = hash;
        _text = text;
    }

    /// <summary>Gets the id of the key's entry in the configuration.</summary>
    public string Id { get; }

    /// <summary>Gets the SHA-256 of the secret part, in lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>Creates a key from the operating system's random source.</summary>
    /// <param name="id">1 to 32 of a-z, 0-9 and hyphen.</param>
    public static ServiceKey New(string id)
    {
        if (!IsId(id))
        {
            throw new ArgumentException("A key's id is 1 to 32 of a-z, 0-9 and hyphen.", nameof(id));
        }

        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var body = $"{Prefix}{id}_{secret}";
        Span<char> checksum = stackalloc char[Checksum.Length];
        Checksum.Write(body, checksum);
        return new ServiceKey(id, string.Concat(body, checksum), Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))));
    }

    /// <summary>Returns the text of the key.</summary>
    public string Reveal() => _text;

    /// <summary>Returns a redacted form for logs.</summary>
    public override string ToString() => $"{Prefix}{Id}_(redacted)";

    internal static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxIdCharacters && !id.ContainsAnyExcept(IdCharacters);

    /// <summary>Splits a presented key into id and secret. Allocates nothing.</summary>
    /// <returns>False when the grammar or the checksum is wrong.</returns>
    internal static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = default;
        secret = default;
        const int tail = 1 + SecretChars + Checksum.Length;
        var idLength = text.Length - Prefix.Length - tail;
        if (idLength is < 1 or > MaxIdCharacters || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        id = text.Slice(Prefix.Length, idLength);
        secret = text.Slice(Prefix.Length + idLength + 1, SecretChars);
        return IsId(id) && text[Prefix.Length + idLength] == '_' && Checksum.IsRight(text);
    }
}
