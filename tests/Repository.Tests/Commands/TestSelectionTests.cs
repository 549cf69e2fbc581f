using Dev.Testing;

namespace Repository.Tests.Commands;

public sealed class TestSelectionTests
{
    private static readonly string[] Suites = ["typescript", "python"];

    [Fact]
    public void Without_a_filter_everything_runs()
    {
        var selection = TestSelection.Of([], Suites);

        Assert.True(selection.RunsProjects);
        Assert.Empty(selection.ProjectFilters);
        Assert.Equal(Suites, selection.Suites.Keys);
        Assert.All(selection.Suites.Values, Assert.Empty);
    }

    [Fact]
    public void A_filter_that_names_a_suite_runs_that_alone()
    {
        var selection = TestSelection.Of(["python"], Suites);

        Assert.False(selection.RunsProjects);
        Assert.Empty(Assert.Single(selection.Suites, suite => suite.Key == "python").Value);
        Assert.Single(selection.Suites);
    }

    [Fact]
    public void A_filter_inside_a_suite_is_handed_to_it()
    {
        var selection = TestSelection.Of(["python.test_keyed", "python.test_client"], Suites);

        Assert.False(selection.RunsProjects);
        Assert.Equal(["python.test_keyed", "python.test_client"], selection.Suites["python"]);
    }

    [Fact]
    public void The_name_of_a_suite_beside_a_part_of_it_is_all_of_it() =>
        Assert.Empty(TestSelection.Of(["python.test_keyed", "python"], Suites).Suites["python"]);

    [Theory]
    [InlineData("SessionService")]
    [InlineData("pythonic")]
    [InlineData("Category=Fault")]
    public void Any_other_filter_is_for_the_tests_of_dotnet(string filter)
    {
        var selection = TestSelection.Of([filter], Suites);

        Assert.True(selection.RunsProjects);
        Assert.Equal([filter], selection.ProjectFilters);
        Assert.Empty(selection.Suites);
    }

    [Fact]
    public void Filters_of_both_kinds_run_both()
    {
        var selection = TestSelection.Of(["Lease", "typescript"], Suites);

        Assert.Equal(["Lease"], selection.ProjectFilters);
        Assert.Equal(["typescript"], selection.Suites.Keys);
    }

    [Fact]
    public void Every_suite_has_a_name_of_its_own() =>
        Assert.Equal(ClientSuite.All().Count, ClientSuite.All().Select(suite => suite.Name).Distinct(StringComparer.Ordinal).Count());
}
