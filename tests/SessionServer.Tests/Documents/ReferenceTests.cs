using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Operations;

namespace SessionServer.Tests.Documents;

/// <summary>The tables of docs/reference are what the code does.</summary>
public sealed class ReferenceTests
{
    private const string Problems = "docs/reference/problems.md";

    [Fact]
    public void Every_option_is_in_the_table_with_its_value_and_meaning() =>
        Document.AssertPart("docs/reference/options.md", "options", OptionRows.All());

    [Fact]
    public void Every_operation_is_in_the_table_with_its_caller() =>
        Document.AssertPart("docs/reference/operations.md", "operations", OperationRows());

    [Fact]
    public void Every_problem_is_in_the_table_and_says_what_to_do()
    {
        var remedies = Document.ReadPart(Problems, "problems")
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => cells[1], cells => cells[^2], StringComparer.Ordinal);

        Document.AssertPart(Problems, "problems", ProblemRows(remedies));
        Assert.All(ProblemTypes.All, problem => Assert.True(
            remedies.TryGetValue($"`{problem.Slug}`", out var remedy) && remedy.Length > 10,
            $"{Problems} does not say what to do about '{problem.Slug}'; write it into the last column."));
    }

    private static IEnumerable<string> OperationRows()
    {
        yield return "| operation | caller | does |";
        yield return "|---|---|---|";
        foreach (var operation in OperationTable.All)
        {
            var query = operation.Query.Count == 0 ? "" : "?" + string.Join('&', operation.Query.Select(parameter => parameter.Name));
            yield return $"| {string.Join(", ", operation.Methods.Select(method => $"`{method}`"))} `/{operation.Route}{query}` | {CallerOf(operation.Access!)} | {operation.Summary} |";
        }
    }

    private static string CallerOf(Access access) => access.Kind switch
    {
        CallerKind.Service => $"{(access.Scope is Scopes.Operate or Scopes.Support ? "operator" : "service")}, {string.Join(" or ", access.AnyOf.Select(scope => $"`{ScopeNames.Of(scope)}`"))}",
        CallerKind.User => "user",
        _ => "anyone",
    };

    // What to do is written by hand in the table itself and kept.
    private static IEnumerable<string> ProblemRows(Dictionary<string, string> remedies)
    {
        yield return "| type | status | title | what to do |";
        yield return "|---|---|---|---|";
        foreach (var problem in ProblemTypes.All)
        {
            yield return $"| `{problem.Slug}` | {problem.Status} | {problem.Title} | {remedies.GetValueOrDefault($"`{problem.Slug}`")} |";
        }
    }
}
