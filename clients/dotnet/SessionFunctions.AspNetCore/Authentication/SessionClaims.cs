using System.Security.Claims;
using System.Text.Json;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>The claims of a session as those of a principal.</summary>
internal static class SessionClaims
{
    /// <summary>Returns an identity.</summary>
    /// <param name="userId">The user; null for an anonymous session.</param>
    /// <param name="claims">The claims of the session: a JSON object, or null.</param>
    /// <param name="shared">The types of claims, and the members that hold them.</param>
    /// <param name="scheme">The scheme of the authentication.</param>
    public static ClaimsIdentity IdentityOf(string? userId, JsonElement? claims, IDictionary<string, string> shared, string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        if (userId is not null)
        {
            identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId));
        }

        if (claims is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                Add(identity, TypeOf(member.Name, shared), member.Value);
            }
        }

        return identity;
    }

    private static string TypeOf(string member, IDictionary<string, string> shared)
    {
        foreach (var (type, name) in shared)
        {
            if (name == member)
            {
                return type;
            }
        }

        return member switch
        {
            "name" => ClaimTypes.Name,
            "role" or "roles" => ClaimTypes.Role,
            "email" => ClaimTypes.Email,
            _ => member,
        };
    }

    private static void Add(ClaimsIdentity identity, string type, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Add(identity, type, item);
                }

                break;
            case JsonValueKind.String:
                identity.AddClaim(new Claim(type, value.GetString()!)); // a string is not null
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.True or JsonValueKind.False:
                identity.AddClaim(new Claim(type, value.GetRawText(), ClaimValueTypes.Boolean));
                break;
            case JsonValueKind.Number:
                identity.AddClaim(new Claim(type, value.GetRawText(), ClaimValueTypes.Double));
                break;
            default:
                identity.AddClaim(new Claim(type, value.GetRawText(), "JSON")); // the type that JWT handlers give
                break;
        }
    }
}
