using System.Globalization;
using System.Text;
using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>A requirement on the sign-in as answers tell it.</summary>
internal static class RequirementText
{
    /// <summary>Writes the members that introspect takes, as far as they are set.</summary>
    public static void Write(Utf8JsonWriter json, SignInRequirement requirement)
    {
        json.WriteStartObject();
        if (requirement.MaxAge is { } age)
        {
            json.WriteNumber("maxAuthenticationAgeSeconds"u8, (long)age.TotalSeconds);
        }

        if (requirement.MinLevel is { } level)
        {
            json.WriteString("minAssuranceLevel"u8, AssuranceLevelNames.Of(level));
        }

        if (requirement.Methods.Count > 0)
        {
            json.WriteStartArray("methods"u8);
            foreach (var method in requirement.Methods)
            {
                json.WriteStringValue(method);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The challenge of RFC 9470 section 3, which has no parameter for methods.</summary>
    public static string Challenge(SignInRequirement requirement)
    {
        var challenge = new StringBuilder("Bearer error=\"insufficient_user_authentication\"");
        if (requirement.MinLevel is { } least)
        {
            challenge.Append(", acr_values=\"").AppendJoin(' ', Enum.GetValues<AssuranceLevel>().Where(level => level >= least).Select(AssuranceLevelNames.Of)).Append('"');
        }

        if (requirement.MaxAge is { } age)
        {
            challenge.Append(CultureInfo.InvariantCulture, $", max_age=\"{(long)age.TotalSeconds}\"");
        }

        return challenge.ToString();
    }
}
