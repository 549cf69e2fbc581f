using System.Text.Json;
using System.Text.Json.Nodes;
using SessionApi.Contract;

namespace SessionApi.Tests.Contract;

/// <summary>Live answers hold exactly what the contract says: nothing missing, nothing more.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private static readonly JsonObject Schemas = OpenApiDocument.Schemas();

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Answers_are_as_their_schemas_say()
    {
        var (sid, token) = await _api.CreateAsync(
            """{"userId":"alice","claims":{"a":1},"data":{"b":2},"device":{"label":"L","userAgent":"U","ipAddress":"::1"},"authenticationMethods":["pwd"],"actor":{"sub":"s","reason":"r"},"persistent":true}""");
        Check("IssuedSession", await _api.SendAsync("POST", "/api/v1/sessions", "{}"));
        Check("IntrospectionResult", await _api.SendAsync("POST", "/api/v1/sessions/introspect", $$"""{"token":"{{token}}","ipAddress":"10.0.0.1"}"""));
        Check("IntrospectionResult", await _api.SendAsync("POST", "/api/v1/sessions/introspect", """{"token":"x"}"""));
        Check("IntrospectionResults", await _api.SendAsync("POST", "/api/v1/sessions/introspections", $$"""{"introspections":[{"token":"{{token}}"},{"token":"x"},{"token":"x","passport":{"audience":"a"} }]}"""));
        (string, string) form = ("Content-Type", "application/x-www-form-urlencoded");
        Check("TokenIntrospectionResponse", await _api.SendAsync("POST", "/api/v1/introspect", $"token={token}", form));
        Check("TokenIntrospectionResponse", await _api.SendAsync("POST", "/api/v1/introspect", "token=x", form));
        Check("Problem", await _api.SendAsync("POST", "/api/v1/introspect", "", form));
        Check("Session", await _api.SendAsync("GET", $"/api/v1/sessions/{sid}"));
        Check("Session", await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/touch"));
        Check("Session", await _api.SendAsync("PUT", $"/api/v1/sessions/{sid}/expiry", """{"expiresInSeconds":600}"""));
        Check("SessionListOrCount", await _api.SendAsync("GET", "/api/v1/sessions?userId=alice&state=all"));
        Check("SessionListOrCount", await _api.SendAsync("GET", "/api/v1/sessions?userId=alice&countOnly=true"));
        Check("EndedCount", await _api.SendAsync("DELETE", "/api/v1/sessions?userId=alice&dryRun=true"));
        Check("OwnSession", await _api.SendAsUserAsync(token, "GET", "/api/v1/session"));
        Check("OwnSession", await _api.SendAsUserAsync(token, "POST", "/api/v1/session/touch"));
        Check("OwnSessionList", await _api.SendAsUserAsync(token, "GET", "/api/v1/me/sessions"));
        Check("IssuedOwnSession", await _api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate"));
        Check("IssuedSession", await _api.SendAsync("POST", $"/api/v1/sessions/{sid}/rotate", """{"assuranceLevel":"aal2"}"""));
        Check("EndedCount", await _api.SendAsync("DELETE", "/api/v1/sessions?userId=alice"));
        Check("Session", await _api.SendAsync("GET", $"/api/v1/sessions/{sid}"));
        Check("SessionListOrCount", await _api.SendAsync("GET", "/api/v1/sessions?userId=alice&state=ended"));
        Check("Problem", await _api.SendAsUserAsync(token, "GET", "/api/v1/session"));
        Check("Problem", await _api.SendAsync("GET", "/api/v1/sessions?userId="));
        Check("Health", await _api.SendRawAsync("GET", "/api/health/ready", null));
    }

    [Fact]
    public void Every_example_is_as_its_schema_says()
    {
        var examples = Schemas.SelectMany(schema => Parts(schema.Key, schema.Value!)).Where(part => part.Schema["examples"] is not null).ToList();

        Assert.True(examples.Count > 20, "The contract has examples.");
        Assert.All(examples, part => Assert.All(
            part.Schema["examples"]!.AsArray(),
            example => Assert.Null(Fault(part.Schema, JsonElement.Parse(example!.ToJsonString()), part.Name))));
    }

    [Fact]
    public void The_check_sees_what_is_missing_and_what_is_too_much()
    {
        Assert.NotNull(Fault(Schemas["Effect"]!, JsonElement.Parse("{}"), "#"));
        Assert.NotNull(Fault(Schemas["Effect"]!, JsonElement.Parse("""{"effectiveBy":"x","more":1}"""), "#"));
        Assert.NotNull(Fault(Schemas["Effect"]!, JsonElement.Parse("""{"effectiveBy":1}"""), "#"));
        Assert.NotNull(Fault(Schemas["OwnSession"]!, JsonElement.Parse("""{"data":{}}"""), "#"));
        Assert.Null(Fault(Schemas["Effect"]!, JsonElement.Parse("""{"effectiveBy":"x"}"""), "#"));
    }

    private static IEnumerable<(string Name, JsonNode Schema)> Parts(string name, JsonNode schema) =>
        (schema["properties"]?.AsObject().AsEnumerable() ?? []).SelectMany(property => Parts($"{name}/{property.Key}", property.Value!)).Prepend((name, schema));

    private static void Check(string schema, ApiAnswer answer)
    {
        var fault = Fault(Schemas[schema]!, answer.Json, "#");
        Assert.True(fault is null, $"{schema}: {fault} in {answer.Body}");
    }

    // The part of JSON Schema that the contract uses.
    private static string? Fault(JsonNode schema, JsonElement value, string path)
    {
        schema = Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Count(choice => Fault(choice!, value, path) is null) == 1 ? null : $"{path} is not exactly one of the choices";
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => (string?)type).ToArray() : [(string?)schema["type"]];
        if (types[0] is not null && !types.Contains(TypeOf(value)))
        {
            return $"{path} is {TypeOf(value)}";
        }

        if (schema["const"] is { } constant && constant.ToJsonString() != value.GetRawText())
        {
            return $"{path} is not {constant}";
        }

        if (schema["enum"] is JsonArray values && !values.Any(one => (string?)one == value.GetString()))
        {
            return $"{path} is none of the values";
        }

        if ((string?)schema["pattern"] is { } pattern && !System.Text.RegularExpressions.Regex.IsMatch(value.GetString()!, pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)))
        {
            return $"{path} does not match";
        }

        if (value.ValueKind == JsonValueKind.Array && schema["items"] is { } items)
        {
            return value.EnumerateArray().Select((item, index) => Fault(items, item, $"{path}/{index}")).FirstOrDefault(fault => fault is not null);
        }

        return value.ValueKind == JsonValueKind.Object ? FaultOfObject(schema, value, path) : null;
    }

    private static string? FaultOfObject(JsonNode schema, JsonElement value, string path)
    {
        var parts = (schema["allOf"]?.AsArray() ?? []).Select(part => Resolve(part!)).Append(schema).ToArray();
        var properties = parts.SelectMany(part => part["properties"]?.AsObject().AsEnumerable() ?? [])
            .ToDictionary(property => property.Key, property => property.Value!, StringComparer.Ordinal);
        var missing = parts.SelectMany(part => part["required"]?.AsArray() ?? []).FirstOrDefault(name => !value.TryGetProperty((string)name!, out _));
        if (missing is not null)
        {
            return $"{path} lacks {missing}";
        }

        var isClosed = (schema["additionalProperties"] ?? schema["unevaluatedProperties"])?.GetValueKind() == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetValue(member.Name, out var property))
            {
                if (Fault(property, member.Value, $"{path}/{member.Name}") is { } fault)
                {
                    return fault;
                }
            }
            else if (isClosed)
            {
                return $"{path} has {member.Name}";
            }
        }

        return null;
    }

    private static JsonNode Resolve(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? Schemas[reference[(reference.LastIndexOf('/') + 1)..]]! : schema;

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
