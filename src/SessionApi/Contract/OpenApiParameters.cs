using System.Text.Json.Nodes;
using SessionApi.Http;

namespace SessionApi.Contract;

/// <summary>Parameters of an operation: path, query and headers.</summary>
internal static class OpenApiParameters
{
    public static JsonArray Of(Operation operation)
    {
        var parameters = new JsonArray();
        var isRead = operation.Methods.Contains("GET", StringComparer.Ordinal);
        if (operation.Route.Contains("{sid}", StringComparison.Ordinal))
        {
            parameters.Add(Parameter("path", "sid", "The session.", """{"$ref":"#/components/schemas/Sid"}""", isRequired: true));
        }

        if (operation.Route.Contains("{key}", StringComparison.Ordinal))
        {
            parameters.Add(Parameter("path", "key", "The key.", """{"$ref":"#/components/schemas/SessionKey"}""", isRequired: true));
        }

        if (operation.Route.Contains("{id}", StringComparison.Ordinal))
        {
            parameters.Add(Parameter("path", "id", "The job.", """{"$ref":"#/components/schemas/JobId"}""", isRequired: true));
        }

        foreach (var parameter in operation.Query)
        {
            parameters.Add(Parameter("query", parameter.Name, parameter.Summary, parameter.Schema, parameter.IsRequired));
        }

        if (operation.TakesConsistency)
        {
            parameters.Add(Parameter(
                "header",
                SessionHeaders.Consistency,
                "strong reads the table and not the cache. max-age=N takes from the cache only what was read from the table at most N seconds ago. The answer then has Session-Age.",
                """{"type":"string","pattern":"^(cached|strong|max-age=[0-9]{1,9})$","default":"cached","examples":["max-age=5"]}""",
                isRequired: false));
        }

        if (operation.Waits)
        {
            parameters.Add(Parameter(
                "header",
                SessionHeaders.Prefer,
                "wait=N waits up to N seconds for news. Preference-Applied tells how long the host waits; with wait=0 it answers at once, and Retry-After tells when to ask again.",
                """{"type":"string","examples":["wait=25"]}""",
                isRequired: false));
        }

        if (operation.ChecksSignIn)
        {
            AddRequirement(parameters);
        }

        if (operation.IsConditional)
        {
            parameters.Add(Parameter("header", "If-Match", "Entity tags, one of which must be current; else 412.", """{"type":"string"}""", isRequired: false));
            parameters.Add(Parameter(
                "header",
                "If-None-Match",
                isRead ? "Entity tags known to the client; 304 when one is current." : "Entity tags, none of which may be current; else 412.",
                """{"type":"string"}""",
                isRequired: false));
        }

        if (operation.TakesIdempotencyKey)
        {
            parameters.Add(Parameter(
                "header",
                SessionHeaders.IdempotencyKey,
                "The same key and body give the same session and token.",
                """{"type":"string","minLength":1,"maxLength":255}""",
                isRequired: false));
        }

        return parameters;
    }

    private static void AddRequirement(JsonArray parameters)
    {
        parameters.Add(Parameter(
            "header",
            SessionHeaders.MaxAuthenticationAge,
            "The user must have been authenticated within so many seconds; else 401 with a challenge of RFC 9470.",
            $$"""{"type":"integer","minimum":1,"maximum":{{RequestSeconds.Max}}}""",
            isRequired: false));
        parameters.Add(Parameter(
            "header", SessionHeaders.MinAssuranceLevel, "The session must have at least this level; else 401.", """{"$ref":"#/components/schemas/AssuranceLevel"}""", isRequired: false));
        parameters.Add(Parameter(
            "header",
            SessionHeaders.AuthenticationMethods,
            "Names, separated by commas, of methods that must all have been used; else 401.",
            """{"type":"string","examples":["pwd, otp"]}""",
            isRequired: false));
    }

    private static JsonObject Parameter(string place, string name, string summary, string schema, bool isRequired) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["description"] = summary,
        ["schema"] = JsonNode.Parse(schema),
    };
}
