using System.Text.RegularExpressions;

namespace SessionServer.Tests.Documents;

/// <summary>What docs/assurance.md claims is tested by a test that exists.</summary>
public sealed partial class AssuranceTests
{
    private const string Page = "docs/assurance.md";

    private static readonly Dictionary<string, IReadOnlyList<AssuranceRow>> Standards = new()
    {
        ["asvs-v7"] = AssuranceOfSessions.Rows,
        ["asvs"] = AssuranceOfTheApi.Rows,
        ["nist"] = AssuranceOfLevels.Rows,
        ["api-top-10"] = AssuranceOfApiRisks.Rows,
        ["failures"] = AssuranceOfFailures.Rows,
    };

    public static TheoryData<string> Parts => [.. Standards.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void The_page_has_every_row(string part) =>
        Document.AssertPart(Page, part, ["| id | what it asks here | shown by |", "|---|---|---|", .. Standards[part].Select(row => row.Render())]);

    [Fact]
    public void Every_test_that_a_row_names_exists()
    {
        var there = TestsOfTheRepository().ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Standards.Values.SelectMany(rows => rows).SelectMany(row => row.Tests, (row, test) => (row.Id, Test: test)), named => !there.Contains(named.Test));
    }

    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var there = TestsOfTheRepository().SelectMany(test => new[] { test, test.Split('.')[0] }).ToHashSet(StringComparer.Ordinal);
        var named = NamedTest().Matches(File.ReadAllText(Path.Combine(Document.Root(), "docs", "threat-model.md"))).Select(match => match.Groups["name"].Value).ToArray();
        Assert.InRange(named.Length, 20, int.MaxValue);
        Assert.DoesNotContain(named, name => !there.Contains(name));
    }

    [Fact]
    public void Every_row_has_a_test_or_says_why_not_and_all_of_V7_is_there()
    {
        var rows = Standards.Values.SelectMany(part => part).ToArray();
        Assert.DoesNotContain(rows, row => row is { Tests.Count: 0, Note: null });
        Assert.All(Standards.Values, part => Assert.Equal(part.Count, part.Select(row => row.Id).Distinct().Count()));
        Assert.Equal(19, AssuranceOfSessions.Rows.Count);
        Assert.Equal(10, AssuranceOfApiRisks.Rows.Count);
        Assert.Equal(39, AssuranceOfFailures.Rows.Count);
    }

    [Fact]
    public void The_search_for_tests_sees_facts_and_theories_only()
    {
        const string Source = "class T\n{\n    [Fact]\n    public void Yes() { }\n\n    [Theory]\n    [InlineData(1)]\n    public async Task Also(int x) { }\n\n    public void No() { }\n}\n";
        Assert.Equal(["Yes", "Also"], MethodsIn(Source));
    }

    private static IEnumerable<string> TestsOfTheRepository() =>
        from file in Directory.EnumerateFiles(Path.Combine(Document.Root(), "tests"), "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj")
        let type = Path.GetFileName(file).Split('.')[0]
        from method in MethodsIn(File.ReadAllText(file))
        select $"{type}.{method}";

    private static IEnumerable<string> MethodsIn(string source) => TestMethod().Matches(source).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"`(?<name>\w+Tests(?:\.\w+)?)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex NamedTest();

    // A test's attributes stand between its kind and its signature; a file is named after its one type.
    [GeneratedRegex(@"\[(?:Fact|Theory)[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:async Task|Task|void) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex TestMethod();
}
