using System.Text.Json;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>
/// Reads the claims of a passport as strictly as they are specified. The library converts: a number in a text, an array of one audience and
/// the like would be accepted here and refused by another verifier.
/// </summary>
internal static class PassportFacts
{
    /// <summary>Returns what a passport says; null when a claim is missing, appears twice or is of another form.</summary>
    /// <param name="payload">The JSON.</param>
    public static Passport? Of(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                return null;
            }

            var claims = default(PassportClaims);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (!claims.Read(ref reader))
                {
                    return null;
                }
            }

            return claims.ToPassport();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text that is no Unicode.
            return null;
        }
    }
}
