using System.Text.Json.Nodes;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Operations;

namespace SessionApi.Tests.Contract;

public sealed class OpenApiTests
{
    private const string Update = "UPDATE_DOCS";

    [Fact]
    public async Task The_committed_document_is_the_one_the_operations_give()
    {
        var path = Path.Combine(Root(), "docs", "openapi.json");
        var rendered = OpenApiDocument.Render(OperationTable.All);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllBytesAsync(path, rendered);
        }

        var committed = await File.ReadAllBytesAsync(path);
        Assert.True(
            rendered.SequenceEqual(committed),
            $"docs/openapi.json is out of date; run `dotnet dev.cs docs` and commit it.");
    }

    [Fact]
    public async Task The_document_is_served_as_committed()
    {
        await using var api = new ApiFixture();
        var answer = await api.SendRawAsync("GET", "/api/openapi/v1.json", null);
        Assert.Equal(200, answer.Status);
        Assert.Equal(OpenApiDocument.Render(OperationTable.All), System.Text.Encoding.UTF8.GetBytes(answer.Body));
    }

    [Fact]
    public void Every_operation_and_method_has_an_id_of_its_own()
    {
        var ids = Paths().SelectMany(path => path.Value!.AsObject()).Select(method => (string?)method.Value!["operationId"]).ToArray();
        Assert.Equal(OperationTable.All.Sum(operation => operation.Methods.Count), ids.Length);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Every_problem_is_an_answer_of_an_operation_or_of_none_that_matches()
    {
        var told = OperationTable.All.SelectMany(OpenApiResponses.ProblemsOf).Concat([ProblemTypes.RouteNotFound, ProblemTypes.MethodNotAllowed]).ToHashSet();
        Assert.Equal(ProblemTypes.All.Select(problem => problem.Slug).Order(StringComparer.Ordinal), told.Select(problem => problem.Slug).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_parameter_of_the_table_is_in_the_document()
    {
        foreach (var operation in OperationTable.All)
        {
            var described = Paths()["/" + operation.Route]![operation.Methods[0].ToLowerInvariant()]!;
            var names = described["parameters"]?.AsArray().Select(parameter => (string?)parameter!["name"]).ToArray() ?? [];
            Assert.All(operation.Query, parameter => Assert.Contains(parameter.Name, names));
            Assert.Equal(operation.IsConditional, names.Contains("If-Match"));
            Assert.Equal(operation.TakesConsistency, names.Contains("Session-Consistency"));
            var inPath = described["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => (string?)parameter!["name"]).ToArray() ?? [];
            Assert.Equal(operation.Route.Split('/').Where(segment => segment[0] == '{').Select(segment => segment[1..^1]), inPath);
        }
    }

    private static JsonObject Paths() => JsonNode.Parse(OpenApiDocument.Render(OperationTable.All))!["paths"]!.AsObject();

    // Not from a source path: a deterministic build knows none.
    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
