using System.Text.Json.Nodes;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionApi.Tests.Passports;

namespace SessionApi.Tests.Contract;

/// <summary>Examples of the contract are valid requests.</summary>
public sealed class ExampleTests : IAsyncDisposable
{
    private static readonly JsonObject Document = JsonNode.Parse(OpenApiDocument.Render(OperationTable.All))!.AsObject();

    private static readonly ServiceKey Operator = ServiceKey.New("operator");

    private readonly ApiFixture _api = new(PassportSetup.Settings(
        [.. ApiFixture.KeyEntry(1, Operator, "sessions.operate", new DateTimeOffset(2030, 2, 1, 0, 0, 0, TimeSpan.Zero)) // a month after the clock of the fixture
            .Select(setting => (setting.Key, setting.Value)), ("Events:Log:Enabled", "true")]));

    public static TheoryData<string, string> Requests
    {
        get
        {
            var requests = new TheoryData<string, string>();
            foreach (var (path, methods) in Document["paths"]!.AsObject())
            {
                foreach (var (method, _) in methods!.AsObject())
                {
                    requests.Add(method.ToUpperInvariant(), path);
                }
            }

            return requests;
        }
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_example_is_accepted_unedited(string method, string path)
    {
        var operation = Document["paths"]![path]![method.ToLowerInvariant()]!;
        var target = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if ((bool)parameter!["required"]!)
            {
                var name = (string)parameter["name"]!;
                var value = (string)Example(parameter["schema"]!)!;
                path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
                target.AddRange((string?)parameter["in"] == "query" ? [$"{name}={value}"] : []);
            }
        }

        if (path == "/v1/operations/sessions")
        {
            // One of three is required, which the contract can only say in words.
            target.Add("userId=alice");
        }

        foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject().AsEnumerable() ?? [new("application/json", null)])
        {
            var body = content is null ? null : Rendered(Example(content["schema"]!)!, type);
            var answer = await SendAsync(operation, method, $"/api{path}?{string.Join('&', target)}", body, type);

            // An example names a session or a job that nobody has.
            var isOfNobody = path.Contains("/ses_", StringComparison.Ordinal) || path.Contains("/job_", StringComparison.Ordinal) || path.Contains("/keyed-sessions/", StringComparison.Ordinal);
            Assert.True(answer.Status is 200 or 201 or 202 or 204 || (answer.Status == 404 && isOfNobody), $"{answer.Status}: {answer.Body}");
        }
    }

    [Fact]
    public void The_example_of_a_session_id_is_one()
    {
        Assert.Matches((string)Document["components"]!["schemas"]!["Sid"]!["pattern"]!, (string)Example(JsonNode.Parse("""{"$ref":"#/components/schemas/Sid"}""")!)!);
        Assert.Matches((string)Document["components"]!["schemas"]!["Token"]!["pattern"]!, (string)Example(JsonNode.Parse("""{"$ref":"#/components/schemas/Token"}""")!)!);
    }

    private async Task<ApiAnswer> SendAsync(JsonNode operation, string method, string target, string? body, string type)
    {
        (string Name, string Value)[] headers = body is null ? [] : [("Content-Type", type)];
        var scheme = operation["security"]!.AsArray().FirstOrDefault()?.AsObject().GetAt(0);
        if (scheme is null)
        {
            return await _api.SendRawAsync(method, target, body, headers);
        }

        if (scheme.Value.Key == "sessionToken")
        {
            var (_, token) = await _api.CreateAsync("""{"userId":"alice"}""");
            return await _api.SendAsUserAsync(token, method, target, body, headers);
        }

        return scheme.Value.Value!.AsArray().Any(scope => (string?)scope is "sessions.operate" or "sessions.support")
            ? await _api.SendRawAsync(method, target, body, [("Authorization", "Bearer " + Operator.Reveal()), .. headers])
            : await _api.SendAsync(method, target, body, headers);
    }

    private static string Rendered(JsonNode example, string type) => type == "application/x-www-form-urlencoded"
        ? string.Join('&', example.AsObject().Select(parameter => $"{parameter.Key}={Uri.EscapeDataString((string)parameter.Value!)}"))
        : example.ToJsonString();

    private static JsonNode? Example(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? Example(Document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]!)
        : schema["examples"]?[0];
}
