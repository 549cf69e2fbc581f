using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace SessionApi.Callers;

/// <summary>Reads a published signing key. Certificates and addresses in it are ignored.</summary>
internal static class EntraKey
{
    private const int MinModulusBytes = 256;

    /// <summary>Reads an RSA key of 2,048 bits or more, or an EC key on P-256.</summary>
    /// <returns>Null for any other key.</returns>
    public static SecurityKey? Read(JsonElement jwk)
    {
        if (Text(jwk, "kid") is not { Length: > 0 } id || Text(jwk, "use") is not (null or "sig"))
        {
            return null;
        }

        return Text(jwk, "kty") switch
        {
            "RSA" when Text(jwk, "n") is { } modulus
                && Text(jwk, "e") is { } exponent
                && Base64UrlEncoder.DecodeBytes(modulus).Length >= MinModulusBytes =>
                new JsonWebKey { Kty = "RSA", N = modulus, E = exponent, KeyId = id, Kid = id },
            "EC" when Text(jwk, "crv") == "P-256" && Text(jwk, "x") is { } x && Text(jwk, "y") is { } y =>
                new JsonWebKey { Kty = "EC", Crv = "P-256", X = x, Y = y, KeyId = id, Kid = id },
            _ => null,
        };
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
