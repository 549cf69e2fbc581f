using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionCore.Protection;

namespace Dev.Up;

/// <summary>A service key drawn for one run.</summary>
/// <param name="Id">The id in it.</param>
/// <param name="Text">The key.</param>
/// <param name="Hash">The SHA-256 of its secret part, in lower-case hex.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record DevelopmentKey(string Id, string Text, string Hash, IReadOnlyList<string> Scopes)
{
    private const int SecretBytes = 32;

    /// <summary>Draws one: <c>ssk_</c>, id, <c>_</c>, secret, checksum.</summary>
    public static DevelopmentKey New(string id, params IReadOnlyList<string> scopes)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var body = $"ssk_{id}_{secret}";
        Span<char> checksum = stackalloc char[Checksum.Length];
        Checksum.Write(body, checksum);
        return new DevelopmentKey(id, string.Concat(body, checksum), Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))), scopes);
    }
}
