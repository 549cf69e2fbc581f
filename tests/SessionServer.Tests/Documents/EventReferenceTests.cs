using System.Text.Json;

namespace SessionServer.Tests.Documents;

/// <summary>The reference of events is what docs/asyncapi.json says.</summary>
public sealed class EventReferenceTests
{
    [Fact]
    public void Every_type_is_in_the_reference_with_its_members()
    {
        using var contract = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Document.Root(), "docs", "asyncapi.json")));

        Document.AssertPart("docs/reference/events.md", "events", contract.RootElement.GetProperty("components").GetProperty("messages").EnumerateObject()
            .SelectMany(message => SectionOf(message.Value, contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(message.Name)))
            .Append(""));
    }

    [Fact]
    public void Every_type_is_on_the_page_of_events()
    {
        using var contract = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Document.Root(), "docs", "asyncapi.json")));

        Document.AssertPart("docs/events.md", "types",
        [
            "| type | when |",
            "|---|---|",
            .. contract.RootElement.GetProperty("components").GetProperty("messages").EnumerateObject()
                .Select(message => $"| `{message.Name}` | {message.Value.GetProperty("summary").GetString()} |"),
        ]);
    }

    private static IEnumerable<string> SectionOf(JsonElement message, JsonElement schema)
    {
        yield return "";
        yield return $"## {message.GetProperty("name").GetString()}";
        yield return "";
        var subject = schema.GetProperty("properties").TryGetProperty("subject", out _) ? "The subject is the sid." : "It has no subject.";
        yield return message.GetProperty("summary").GetString()!; // every message has one
        yield return subject;
        yield return "";
        yield return "| member of `data` | kind | always | what it is |";
        yield return "|---|---|---|---|";
        var data = schema.GetProperty("properties").GetProperty("data");
        var required = data.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToHashSet();
        foreach (var member in data.GetProperty("properties").EnumerateObject())
        {
            yield return $"| `{member.Name}` | {KindOf(member.Value)} | {(required.Contains(member.Name) ? "yes" : "")} | {member.Value.GetProperty("description").GetString()} |";
        }
    }

    private static string KindOf(JsonElement schema) => schema.GetProperty("type").GetString() switch
    {
        "string" when schema.TryGetProperty("format", out var format) && format.ValueEquals("date-time") => "time",
        "array" => "strings",
        var type => type!, // every schema has one
    };
}
