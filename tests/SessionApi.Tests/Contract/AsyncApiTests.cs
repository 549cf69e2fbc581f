using System.Text;
using System.Text.Json.Nodes;
using SessionApi.Contract;
using SessionCore.Sessions;

namespace SessionApi.Tests.Contract;

/// <summary>The contract of events is what the definitions of events give.</summary>
public sealed class AsyncApiTests
{
    private const string Update = "UPDATE_DOCS";

    private static byte[] Rendered => AsyncApiDocument.Render(EventDefinition.All);

    [Fact]
    public async Task The_committed_document_is_the_one_the_definitions_give()
    {
        var path = Path.Combine(OpenApiTests.Root(), "docs", "asyncapi.json");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllBytesAsync(path, Rendered);
        }

        var committed = await File.ReadAllBytesAsync(path);
        Assert.True(Rendered.SequenceEqual(committed), "docs/asyncapi.json is out of date; run `dotnet dev.cs docs` and commit it.");
    }

    [Fact]
    public async Task The_document_is_served_as_committed()
    {
        await using var api = new ApiFixture();
        var answer = await api.SendRawAsync("GET", "/api/asyncapi/v1.json", null);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Rendered, Encoding.UTF8.GetBytes(answer.Body));
    }

    [Fact]
    public void Every_type_has_a_definition_and_every_definition_a_type() =>
        Assert.Equal(
            typeof(SessionEventTypes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            EventDefinition.All.Select(definition => definition.Type).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var document = JsonNode.Parse(Rendered)!;
        var references = References(document).ToArray();

        Assert.True(references.Length >= 3 * EventDefinition.All.Count);
        Assert.All(references, reference => Assert.NotNull(reference[2..].Split('/').Aggregate((JsonNode?)document, (node, part) => node?[part])));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
