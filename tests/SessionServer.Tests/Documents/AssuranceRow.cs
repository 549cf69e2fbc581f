namespace SessionServer.Tests.Documents;

/// <summary>One requirement of a standard, and what shows that it holds.</summary>
/// <param name="Id">Its number in the standard.</param>
/// <param name="Requirement">What it means for this service, in our own words.</param>
/// <param name="Tests">The tests that show it, each as <c>Class.Method</c>; none when <paramref name="Note"/> says why.</param>
/// <param name="Note">What the tests do not show, or why it does not apply.</param>
internal sealed record AssuranceRow(string Id, string Requirement, IReadOnlyList<string> Tests, string? Note = null)
{
    /// <summary>A row that tests show.</summary>
    public static AssuranceRow Shown(string id, string requirement, params string[] tests) => new(id, requirement, tests);

    /// <summary>A row that tests show in part; the rest is not claimed.</summary>
    public static AssuranceRow Partly(string id, string requirement, string unclaimed, params string[] tests) =>
        new(id, requirement, tests, $"Not claimed: {unclaimed}");

    /// <summary>A row that asks nothing of this service, or that this service does not claim.</summary>
    public static AssuranceRow Inapplicable(string id, string requirement, string reason) => new(id, requirement, [], $"Does not apply: {reason}");

    /// <summary>The row of the table.</summary>
    public string Render()
    {
        var tests = string.Join("<br>", Tests.Select(test => $"`{test}`"));
        return $"| {Id} | {Requirement} | {tests}{(tests.Length > 0 && Note is not null ? "<br>" : "")}{Note} |";
    }
}
