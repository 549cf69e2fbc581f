using System.Security.Cryptography;

namespace SessionCore.Sessions;

/// <summary>Options of a receiver of OpenID CAEP.</summary>
public sealed class CaepTargetOptions
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Gets or sets the claim <c>iss</c>.</summary>
    /// <value>Required; an https URL. The receiver knows this service by it.</value>
    public string Issuer { get; set; } = "";

    /// <summary>Gets or sets the claim <c>aud</c>.</summary>
    /// <value>Required; what the receiver has named.</value>
    public string Audience { get; set; } = "";

    /// <summary>Gets or sets the key that signs by ES256.</summary>
    /// <value>Required; a P-256 private key, PKCS#8 in base64.</value>
    public string SigningKey { get; set; } = "";

    /// <summary>Gets or sets the header <c>kid</c>, by which the receiver finds the public key.</summary>
    /// <value>Default empty: the thumbprint of the key by RFC 7638.</value>
    public string KeyId { get; set; } = "";

    /// <summary>Gets or sets the header <c>Authorization</c> of each push.</summary>
    /// <value>Default empty: none. Such as <c>Bearer</c> and the token that the receiver has issued.</value>
    public string Authorization { get; set; } = "";

    /// <summary>Gets or sets how the subject is told.</summary>
    /// <value>Default Complex: the sid and the user.</value>
    public CaepSubject Subject { get; set; } = CaepSubject.Complex;

    /// <summary>Gets or sets the issuer that user ids belong to, in a subject of the format <c>iss_sub</c>.</summary>
    /// <value>Default empty: the issuer.</value>
    public string UserIssuer { get; set; } = "";

    /// <summary>Reads a signing key. The caller disposes it.</summary>
    /// <returns>Null when it is no P-256 private key.</returns>
    public static ECDsa? ReadKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid is { } curve && (curve.Value == P256 || curve.FriendlyName is "nistP256" or "ECDSA_P256"))
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            // It is none.
        }

        key.Dispose();
        return null;
    }

    internal bool IsGiven => Issuer.Length > 0 || Audience.Length > 0 || SigningKey.Length > 0 || KeyId.Length > 0 || Authorization.Length > 0 || UserIssuer.Length > 0;

    // Faults never repeat a secret.
    internal IEnumerable<string> FaultsOf(string path)
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"{path}:Issuer must be an https URL, such as https://sessions.example.com.";
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            yield return $"{path}:Audience is empty. Set it to the audience that the receiver has named.";
        }

        using (var key = ReadKey(SigningKey))
        {
            if (key is null)
            {
                yield return $"{path}:SigningKey must be a P-256 private key, PKCS#8 in base64. Draw one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0";
            }
        }

        if (Authorization.Any(character => character is < ' ' or > '~'))
        {
            yield return $"{path}:Authorization must hold printable ASCII only.";
        }
    }
}

/// <summary>How a security event token tells its subject (RFC 9493).</summary>
public enum CaepSubject
{
    /// <summary>Format <c>complex</c>: the sid as <c>session</c>, and the user, where there is one, as <c>user</c>.</summary>
    Complex,

    /// <summary>Format <c>opaque</c>: the sid alone.</summary>
    Opaque,
}
