using SessionApi;
using SessionApi.Callers;
using SessionApi.Problems;

namespace SessionServer.Tests.Documents;

/// <summary>What the README says of options, operations and problems is what the code does.</summary>
public sealed class ReadmeTests
{
    private const string Readme = "README.md";

    [Fact]
    public void Every_option_is_in_the_table_with_its_value_and_meaning() =>
        Document.AssertPart(Readme, "options", OptionRows.All());

    [Fact]
    public void Every_operation_is_in_the_table_with_its_caller() =>
        Document.AssertPart(Readme, "operations", OperationRows());

    [Fact]
    public void Every_problem_is_in_the_table_and_says_what_to_do()
    {
        var rows = Document.ReadPart(Readme, "problems").Skip(2).Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToArray();

        Assert.Equal(
            ProblemTypes.All.Select(problem => (Type: $"`{problem.Slug}`", Status: $"{problem.Status}")).Order(),
            rows.Select(row => (Type: row[1], Status: row[2])).Order());
        Assert.All(rows, row => Assert.True(row[3].Length > 10, $"{row[1]} does not say what to do."));
    }

    private static IEnumerable<string> OperationRows()
    {
        yield return "| operation | caller | does |";
        yield return "|---|---|---|";
        foreach (var operation in Operations.All)
        {
            var query = operation.Query.Count == 0 ? "" : "?" + string.Join('&', operation.Query.Select(parameter => parameter.Name));
            yield return $"| {string.Join(", ", operation.Methods.Select(method => $"`{method}`"))} `/{operation.Route}{query}` | {CallerOf(operation.Access!)} | {operation.Summary} |";
        }
    }

    private static string CallerOf(Access access) => access.Kind switch
    {
        CallerKind.Service => $"{(access.Scope is Scopes.Operate ? "operator" : "service")}, `{ScopeNames.Of(access.Scope)}`",
        CallerKind.User => "user",
        _ => "anyone",
    };
}
