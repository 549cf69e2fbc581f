using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using SessionApi.Callers;
using SessionCore.Sessions;

namespace SessionApi.Operations;

/// <summary>The answer of RFC 7662 section 2.2 about a live session. Claims are members beside those of the API.</summary>
internal static class TokenIntrospectionAnswer
{
    // A resource server acts on these, so a claim never stands in for one, not even for one that the session lacks.
    private static readonly FrozenSet<string> Registered = FrozenSet.ToFrozenSet(
        ["active", "sub", "sid", "iat", "exp", "auth_time", "acr", "amr", "token_type", "client_id"], StringComparer.Ordinal);

    /// <summary>Writes the answer. A key is no token, so a session that was found by its key has no token type.</summary>
    public static void Write(IBufferWriter<byte> output, LiveSession live, bool isByKey)
    {
        var signIn = live.ReadSignIn();
        using var json = new Utf8JsonWriter(output, JsonText.WriterOptions);
        json.WriteStartObject();
        json.WriteBoolean("active"u8, true);
        if (signIn.UserId is { } user)
        {
            json.WriteString("sub"u8, user);
        }

        json.WriteString("sid"u8, live.Id.ToString());
        json.WriteNumber("iat"u8, live.CreatedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, live.IdleExpiresAt.ToUnixTimeSeconds());
        json.WriteNumber("auth_time"u8, signIn.AuthenticatedAt.ToUnixTimeSeconds());
        json.WriteString("acr"u8, AssuranceLevelNames.Of(live.AssuranceLevel));
        if (!live.AuthenticationMethodsJson.IsEmpty)
        {
            json.WritePropertyName("amr"u8);
            json.WriteRawValue(live.AuthenticationMethodsJson, skipInputValidation: true);
        }

        if (!isByKey)
        {
            json.WriteString("token_type"u8, "Bearer"u8);
        }

        if (live.Client is { } client)
        {
            json.WriteString("client_id"u8, Caller.NameOf(client));
        }

        WriteClaims(json, live.ClaimsJson);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteClaims(Utf8JsonWriter json, ReadOnlySpan<byte> claims)
    {
        var reader = new Utf8JsonReader(claims);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!; // a name is never null
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!Registered.Contains(name))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(claims[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }
}
