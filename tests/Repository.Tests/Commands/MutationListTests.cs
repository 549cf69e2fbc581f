using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dev.Mutations;
using Repository.Tests.Conventions;

namespace Repository.Tests.Commands;

/// <summary>The list of known faults fits the code as it is.</summary>
public sealed partial class MutationListTests
{
    private const int LimitMilliseconds = 5000;

    private static readonly string[] Layers = ["Caching", "Events", "Maintenance", "Operations", "Redis", "SessionApi", "Storage"];
    private static readonly IReadOnlyList<Mutation> All = MutationList.Read(RepositoryFiles.Root);

    [Fact]
    public void Every_mutation_fits_its_file_exactly_once_and_changes_it()
    {
        Assert.All(All, mutation =>
        {
            var text = RepositoryFiles.Read(mutation.File);
            Assert.NotEqual(text, mutation.ApplyTo(text));
        });
    }

    [Fact]
    public void Every_mutation_has_a_name_of_its_own_a_known_layer_and_something_that_notices_it()
    {
        Assert.Equal(All.Count, All.Select(mutation => mutation.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(All, mutation => Assert.Contains(mutation.Layer, Layers));
        Offenders.None(All.Where(mutation => mutation is { Tests.Count: 0, Harmless: null }).Select(mutation => mutation.Id));
    }

    [Fact]
    public void Every_test_that_a_mutation_names_is_in_its_project()
    {
        var missing = All.SelectMany(mutation => mutation.Tests, (mutation, test) => (mutation.Id, Test: test))
            .Where(named => !Exists(Mutation.ProjectOf(named.Test), Mutation.NameOf(named.Test)))
            .Select(named => $"{named.Id}: {named.Test}");

        Offenders.None(missing);
    }

    [Theory]
    [InlineData("cache", "cache-entry-unbound")]
    [InlineData("STORAGE", "own-write-by-version")]
    public void A_filter_is_a_part_of_an_id_or_a_layer(string filter, string among)
    {
        var chosen = All.Matching([filter]);

        Assert.InRange(chosen.Count, 1, All.Count - 1);
        Assert.Contains(chosen, mutation => mutation.Id == among);
    }

    [Fact]
    public void The_tests_that_failed_are_read_from_the_report()
    {
        var report = XDocument.Parse("""
            <TestRun><Results>
              <UnitTestResult testName="A.B.CacheTests.It_holds" outcome="Passed" />
              <UnitTestResult testName="A.B.CacheTests.It_breaks(value: &quot;a.b&quot;)" outcome="Failed" />
            </Results></TestRun>
            """);

        Assert.Equal(["CacheTests.It_breaks"], MutantTests.Failed(report));
        Assert.Equivalent(new[] { "CacheTests.It_holds", "CacheTests.It_breaks" }, MutantTests.Ran(report), strict: true);
    }

    // A test may stand in the base class of the one that is named, and a suite of HTTP in the folder that hosts share.
    private static bool Exists(string project, string test)
    {
        var parts = test.Split('.');
        string[] files = [.. RepositoryFiles.Below($"tests/{project}", ".cs"), .. RepositoryFiles.Below("tests/HttpTests", ".cs")];
        string[] own = [.. files.Where(path => IsOf(path, parts[0])).Select(RepositoryFiles.Read)];
        var bases = own.SelectMany(text => Base().Matches(text)).Select(match => match.Groups["base"].Value).ToHashSet(StringComparer.Ordinal);
        return own.Concat(files.Where(path => bases.Any(name => IsOf(path, name))).Select(RepositoryFiles.Read))
            .Any(text => text.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    private static bool IsOf(string path, string type) => Path.GetFileName(path).Split('.')[0] == type;

    [GeneratedRegex(@"class \w+(?:\([^)]*\))? : (?<base>\w+)", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Base();
}
