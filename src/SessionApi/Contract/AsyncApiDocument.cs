using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionCore.Sessions;

namespace SessionApi.Contract;

/// <summary>Renders the definitions of events as AsyncAPI 3. Everything about an event comes from its definition.</summary>
internal static class AsyncApiDocument
{
    private const string Channel = "events";
    private const string CloudEvents = "application/cloudevents+json";
    private const string Id = "6f0f0b5a4c9e4a0f8a3f3d5f1f2c7b11";
    private const string Time = "2030-01-01T12:30:00Z";

    private static readonly string Introduction = """
        Events tell an application that a session began, changed or ended. Each is a CloudEvent 1.0 in structured JSON. It is sent to the
        targets of `Events:Targets` that want its type: at least once, in order for each session, with the same `id` in every repetition.
        No event holds a token, claims or data of a session.
        """.ReplaceLineEndings("\n");

    /// <summary>Returns the document in UTF-8, with a final line feed.</summary>
    public static byte[] Render(IReadOnlyList<EventDefinition> definitions)
    {
        var document = new JsonObject
        {
            ["asyncapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Events of the Session API",
                ["version"] = OpenApiDocument.Version,
                ["description"] = Introduction,
                ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["defaultContentType"] = CloudEvents,
            ["channels"] = new JsonObject { [Channel] = ChannelOf(definitions) },
            ["operations"] = new JsonObject { ["sendEvent"] = Sending(definitions) },
            ["components"] = new JsonObject
            {
                ["messages"] = Each(definitions, MessageOf),
                ["schemas"] = Each(definitions, EventOf),
            },
        };
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, OpenApiDocument.Indented), (byte)'\n'];
    }

    private static JsonObject Each(IReadOnlyList<EventDefinition> definitions, Func<EventDefinition, JsonNode> render) =>
        new(definitions.Select(definition => KeyValuePair.Create(definition.Type, (JsonNode?)render(definition))));

    private static JsonObject Reference(string path) => new() { ["$ref"] = "#/" + path };

    private static JsonObject ChannelOf(IReadOnlyList<EventDefinition> definitions) => new()
    {
        ["address"] = null,
        ["title"] = "Events",
        ["description"] = "The address is that of a target. A webhook gets one POST for each event, with the headers of Standard Webhooks.",
        ["messages"] = Each(definitions, definition => Reference($"components/messages/{definition.Type}")),
    };

    private static JsonObject Sending(IReadOnlyList<EventDefinition> definitions) => new()
    {
        ["action"] = "send",
        ["channel"] = Reference($"channels/{Channel}"),
        ["summary"] = "Sends an event to a webhook. Any answer of 2xx acknowledges it; everything else is tried again.",
        ["messages"] = new JsonArray([.. definitions.Select(definition => Reference($"channels/{Channel}/messages/{definition.Type}"))]),
        ["bindings"] = new JsonObject { ["http"] = new JsonObject { ["method"] = "POST", ["bindingVersion"] = "0.3.0" } },
    };

    private static JsonObject MessageOf(EventDefinition definition) => new()
    {
        ["name"] = definition.Type,
        ["title"] = definition.Type,
        ["summary"] = definition.Summary,
        ["contentType"] = CloudEvents,
        ["headers"] = ObjectOf(
        [
            ("webhook-id", TextOf("The id of the event, the same in every repetition."), true),
            ("webhook-timestamp", TextOf("Seconds since 1970 of this attempt."), true),
            ("webhook-signature", TextOf("One or two signatures: v1, and HMAC-SHA256 over id, time stamp and body in base64 (Standard Webhooks)."), true),
        ]),
        ["payload"] = Reference($"components/schemas/{definition.Type}"),
        ["examples"] = new JsonArray(new JsonObject { ["name"] = definition.Type, ["payload"] = ExampleOf(definition) }),
    };

    private static JsonObject EventOf(EventDefinition definition) => ObjectOf(
    [
        ("specversion", ConstantOf("1.0"), true),
        ("id", TextOf("Unique id of the event. A repetition has the same."), true),
        ("type", ConstantOf(definition.Type), true),
        ("source", WithFormat(TextOf("The deployment, by Events:Source."), "uri-reference"), true),
        .. definition.IsOfSession ? [("subject", TextOf("The sid."), true)] : Array.Empty<(string, JsonObject, bool)>(),
        ("time", WithFormat(TextOf("When the change was made."), "date-time"), true),
        ("datacontenttype", ConstantOf("application/json"), true),
        ("data", ObjectOf(definition.Members.Select(member => (member.Name, SchemaOf(member), member.IsRequired))), true),
    ]);

    private static JsonObject ObjectOf(IEnumerable<(string Name, JsonObject Schema, bool IsRequired)> members)
    {
        var all = members.ToArray();
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. all.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Name))]),
            ["properties"] = new JsonObject(all.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
        };
    }

    private static JsonObject TextOf(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject ConstantOf(string value) => new() { ["type"] = "string", ["const"] = value };

    private static JsonObject WithFormat(JsonObject schema, string format)
    {
        schema["format"] = format;
        return schema;
    }

    private static JsonObject SchemaOf(EventMember member) => member.Kind switch
    {
        EventMemberKind.Text => TextOf(member.Summary),
        EventMemberKind.Texts => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["description"] = member.Summary },
        EventMemberKind.Number => new JsonObject { ["type"] = "integer", ["format"] = "int64", ["description"] = member.Summary },
        EventMemberKind.Time => WithFormat(TextOf(member.Summary), "date-time"),
        _ => throw new ArgumentOutOfRangeException(nameof(member), member.Kind, message: null),
    };

    private static JsonObject ExampleOf(EventDefinition definition)
    {
        var example = new JsonObject { ["specversion"] = "1.0", ["id"] = Id, ["type"] = definition.Type, ["source"] = "https://sessions.example.com" };
        if (definition.IsOfSession)
        {
            example["subject"] = EventMember.Sid.Example;
        }

        example["time"] = Time;
        example["datacontenttype"] = "application/json";
        example["data"] = new JsonObject(definition.Members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)ExampleOf(member))));
        return example;
    }

    private static JsonNode ExampleOf(EventMember member) => member.Kind switch
    {
        EventMemberKind.Number => JsonValue.Create(long.Parse(member.Example, CultureInfo.InvariantCulture)),
        EventMemberKind.Texts => new JsonArray(JsonValue.Create(member.Example)),
        _ => JsonValue.Create(member.Example),
    };
}
