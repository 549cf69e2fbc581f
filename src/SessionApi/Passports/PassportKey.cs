using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace SessionApi.Passports;

/// <summary>Key pair of passports: ECDSA on P-256 with SHA-256 (ES256, RFC 7518 section 3.4).</summary>
internal sealed class PassportKey
{
    /// <summary>The length of a signature.</summary>
    public const int SignatureBytes = 64;

    private const string P256 = "1.2.840.10045.3.1.7";
    private const int MaxKeyBytes = 512;

    private readonly ObjectPool<ECDsa> _signers;

    private PassportKey(ECParameters parameters)
    {
        X = Base64Url.EncodeToString(parameters.Q.X);
        Y = Base64Url.EncodeToString(parameters.Q.Y);
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
        _signers = new DefaultObjectPool<ECDsa>(new Signers(parameters));
    }

    /// <summary>Gets the key id: the thumbprint of the public key (RFC 7638).</summary>
    public string Id { get; }

    /// <summary>Gets the coordinates of the public key, in base64url.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    /// <summary>Draws a private key: PKCS#8 in base64.</summary>
    public static string Draw()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>Whether a text is a private key on P-256.</summary>
    public static bool IsKey(string text) => Read(text) is not null;

    /// <summary>Reads a private key.</summary>
    /// <exception cref="ArgumentException">The text is none.</exception>
    public static PassportKey Of(string text) => new(Read(text) ?? throw new ArgumentException("The text is not a private key on P-256.", nameof(text)));

    /// <summary>Signs.</summary>
    /// <param name="hash">SHA-256 of what is signed.</param>
    /// <param name="signature">Room for <see cref="SignatureBytes"/>.</param>
    public void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        // An instance that failed is not returned to the pool.
        var signer = _signers.Get();
        signer.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _signers.Return(signer);
    }

    private static ECParameters? Read(string text)
    {
        var bytes = new byte[MaxKeyBytes];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return null;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(bytes.AsSpan(0, length), out var read);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            return read == length && parameters.Curve.Oid.Value == P256 ? parameters : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // One instance serves one call at a time.
    private sealed class Signers(ECParameters parameters) : PooledObjectPolicy<ECDsa>
    {
        public override ECDsa Create() => ECDsa.Create(parameters);

        public override bool Return(ECDsa obj) => true;
    }
}
