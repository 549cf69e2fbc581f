using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using SessionFunctions.Client;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>
/// The form of a principal and its properties in the data of a session: one member, so that the application can keep its own beside it.
/// The value is that of <see cref="TicketSerializer"/>, in base64.
/// </summary>
internal static class SessionTicket
{
    private const string Member = "aspnetTicket";

    // docs/http-api.md, Limits. The API counts minified JSON.
    private const int MaxDataBytes = 32 * 1024;
    private const int MinifiedOverheadBytes = 19; // {"aspnetTicket":"…"}

    /// <summary>Returns the data of a session.</summary>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static JsonObject ToData(AuthenticationTicket ticket)
    {
        var text = Convert.ToBase64String(TicketSerializer.Default.Serialize(ticket));
        return text.Length + MinifiedOverheadBytes <= MaxDataBytes
            ? new JsonObject { [Member] = text }
            : throw new InvalidOperationException(
                $"The claims and properties of the sign-in take {text.Length + MinifiedOverheadBytes} bytes, and a session holds at most {MaxDataBytes}. "
                + "Keep fewer claims, or do not save the tokens of the identity provider (SaveTokens).");
    }

    /// <summary>Whether the data of a session hold a ticket.</summary>
    public static bool IsIn(Session session) => ValueIn(session) is not null;

    /// <summary>Returns the ticket in the data of a session; null when there is none, or none that can be read.</summary>
    public static AuthenticationTicket? FromData(Session session)
    {
        if (ValueIn(session) is not { } value || !value.TryGetBytesFromBase64(out var bytes))
        {
            return null;
        }

        try
        {
            return TicketSerializer.Default.Deserialize(bytes);
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // Something else wrote this member.
            return null;
        }
    }

    /// <summary>Returns the principal of a session that another service created: its user, and its claims.</summary>
    public static ClaimsPrincipal FromClaims(Session session, SessionsAuthenticationOptions options, string scheme) =>
        new(SessionClaims.IdentityOf(session.UserId, session.Claims, options.SharedClaims, scheme));

    /// <summary>Returns the claims of a principal that the user and other services may see; null when there are none.</summary>
    public static JsonObject? ToClaims(ClaimsPrincipal principal, SessionsAuthenticationOptions options)
    {
        JsonObject? shared = null;
        foreach (var (type, member) in options.SharedClaims)
        {
            JsonNode?[] values = [.. principal.FindAll(type).Select(static claim => JsonValue.Create(claim.Value))];
            if (values.Length > 0)
            {
                shared ??= [];
                shared[member] = values.Length == 1 ? values[0] : new JsonArray(values);
            }
        }

        return shared;
    }

    private static JsonElement? ValueIn(Session session) =>
        session.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(Member, out var value) && value.ValueKind is JsonValueKind.String
            ? value
            : null;
}
