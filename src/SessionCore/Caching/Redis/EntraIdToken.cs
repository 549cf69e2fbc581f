using System.Buffers.Text;
using System.Text.Json;

namespace SessionCore.Caching.Redis;

/// <summary>What is read from an access token of our own, fresh from its issuer: nothing of it is verified.</summary>
internal static class EntraIdToken
{
    /// <summary>Reads the object id of the identity it was given to, which is its user name in Redis.</summary>
    /// <exception cref="FormatException">It is not a token with an object id. The message holds nothing of it.</exception>
    public static string ObjectIdOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length == 3 && Base64Url.IsValid(parts[1]) && ReadObjectId(parts[1]) is { Length: > 0 } id)
        {
            return id;
        }

        throw new FormatException("The token of Entra ID for Redis holds no object id.");
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
