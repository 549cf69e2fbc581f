using System.Buffers.Text;
using System.Text.Json;

namespace SessionCore.Caching.Redis;

/// <summary>Reader of this process's own access token, which comes directly from the issuer and is therefore not verified.</summary>
internal static class EntraIdToken
{
    /// <summary>Returns the object id of the token's identity, which is its user name in Redis.</summary>
    /// <exception cref="FormatException">
    /// The text is not a token with an object id. The message contains nothing of the token.
    /// </exception>
    public static string ObjectIdOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length == 3 && Base64Url.IsValid(parts[1]) && ReadObjectId(parts[1]) is { Length: > 0 } id)
        {
            return id;
        }

        throw new FormatException("The Entra ID token for Redis has no object id.");
    }

    private static string? ReadObjectId(string payload)
    {
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.ValueKind == JsonValueKind.Object
                && claims.RootElement.TryGetProperty("oid", out var id)
                && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
