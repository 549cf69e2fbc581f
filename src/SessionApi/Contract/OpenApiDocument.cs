using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionApi.Http;

namespace SessionApi.Contract;

/// <summary>Renders the operation table as OpenAPI 3.1. Everything about operations comes from the table.</summary>
internal static class OpenApiDocument
{
    private const string SchemaReference = "#/components/schemas/";

    /// <summary>How contracts are written.</summary>
    internal static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Gets the version of the product, which is also that of the contract.</summary>
    public static string Version { get; } =
        typeof(OpenApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]; // the SDK always sets it

    /// <summary>Returns the document in UTF-8, with a final line feed.</summary>
    public static byte[] Render(IReadOnlyList<Operation> operations)
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Session API",
                ["version"] = Version,
                ["description"] = Introduction(),
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = Operation.BasePath }),
            ["tags"] = new JsonArray([.. operations.Select(operation => operation.Group).Distinct(StringComparer.Ordinal).Select(Tag)]),
            ["paths"] = Paths(operations),
            ["components"] = Components(),
        };
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, Indented), (byte)'\n'];
    }

    /// <summary>Returns the schemas that operations refer to.</summary>
    public static JsonObject Schemas()
    {
        using var stream = Resource("schemas.json");
        return JsonNode.Parse(stream)!.AsObject(); // an embedded resource, never the literal null
    }

    private static string Introduction()
    {
        using var reader = new StreamReader(Resource("introduction.md"));
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }

    private static Stream Resource(string name) => typeof(OpenApiDocument).Assembly.GetManifestResourceStream("SessionApi.Contract." + name)
        ?? throw new InvalidOperationException($"The resource {name} is not embedded.");

    /// <summary>Makes words of a name: <c>CreateSession</c> is "Create session".</summary>
    private static string TitleOf(string name) =>
        name[..1] + string.Concat(name.Skip(1).Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString())).Replace("open api", "contract", StringComparison.Ordinal);

    private static JsonObject Tag(string name) => new() { ["name"] = name };

    private static JsonObject Paths(IReadOnlyList<Operation> operations)
    {
        var paths = new JsonObject();
        foreach (var route in operations.GroupBy(operation => operation.Route, StringComparer.Ordinal))
        {
            var methods = new JsonObject();
            foreach (var operation in route)
            {
                foreach (var method in operation.Methods)
                {
                    methods[method.ToLowerInvariant()] = Describe(operation, method);
                }
            }

            paths["/" + route.Key] = methods;
        }

        return paths;
    }

    private static JsonObject Describe(Operation operation, string method)
    {
        var isFirst = operation.Methods[0] == method;
        var description = new JsonObject
        {
            ["operationId"] = isFirst ? operation.Name : operation.Name + method[..1] + method[1..].ToLowerInvariant(),
            ["tags"] = new JsonArray(operation.Group),
            ["summary"] = TitleOf(operation.Name),
            ["description"] = operation.Summary,
        };
        if (OpenApiParameters.Of(operation) is { Count: > 0 } parameters)
        {
            description["parameters"] = parameters;
        }

        if (operation.RequestSchema is { } schema)
        {
            description["requestBody"] = new JsonObject
            {
                ["required"] = !operation.IsRequestOptional,
                ["content"] = new JsonObject
                {
                    [operation.IsOAuth ? RequestMediaType.Form : RequestMediaType.Json] = new JsonObject { ["schema"] = Reference(schema) },
                },
            };
            if (operation.IsMergePatch)
            {
                description["requestBody"]!["content"]![RequestMediaType.MergePatch] = new JsonObject { ["schema"] = Reference(schema) };
            }
        }

        description["responses"] = OpenApiResponses.Of(operation, Reference);
        description["security"] = Security(operation);
        return description;
    }

    private static JsonObject Reference(string schema) => new() { ["$ref"] = SchemaReference + schema };

    private static JsonArray Security(Operation operation) => operation.Access?.Kind switch
    {
        CallerKind.User => new JsonArray(
            new JsonObject { ["sessionToken"] = new JsonArray() },
            new JsonObject { ["sessionCookie"] = new JsonArray() }),
        CallerKind.Service => new JsonArray(
        [
            .. ServiceSchemes(operation).SelectMany(scheme => operation.Access.AnyOf.Select(scope => new JsonObject { [scheme] = new JsonArray(ScopeNames.Of(scope)) })),
        ]),
        _ => [],
    };

    private static string[] ServiceSchemes(Operation operation) => operation.IsOAuth ? ["serviceKey", "entra", "basic"] : ["serviceKey", "entra"];

    private static JsonObject Components() => new()
    {
        ["securitySchemes"] = new JsonObject
        {
            ["serviceKey"] = Scheme("A service's key, ssk_…"),
            ["sessionToken"] = Scheme("A user's own session token, sst_…"),
            ["sessionCookie"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = SessionHeaders.Cookie,
                ["description"] = "The same token in a cookie, where cookie mode is on; writes also need X-Session-CSRF.",
            },
            ["basic"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "basic",
                ["description"] = "A service key as the password of its id or client, at endpoints of OAuth 2.0 (RFC 6749 section 2.3.1). client_id and client_secret in the form do as well.",
            },
            ["entra"] = Scheme("An Entra ID access token of an application or a user; its app roles grant the scopes."),
        },
        ["schemas"] = Schemas(),
    };

    private static JsonObject Scheme(string description) =>
        new() { ["type"] = "http", ["scheme"] = "bearer", ["description"] = description };
}
