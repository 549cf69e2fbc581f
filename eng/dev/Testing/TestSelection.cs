namespace Dev.Testing;

/// <summary>Which tests the filters of a command line select.</summary>
/// <param name="RunsProjects">Whether tests of .NET run.</param>
/// <param name="ProjectFilters">Which of them; none for all.</param>
/// <param name="Suites">The suites of clients that run, each with its filters; none for all of its tests.</param>
internal sealed record TestSelection(
    bool RunsProjects, IReadOnlyList<string> ProjectFilters, IReadOnlyDictionary<string, IReadOnlyList<string>> Suites)
{
    /// <summary>
    /// Sorts the filters. One that is the name of a suite, or begins with it and a dot, is for that suite; any other is for the tests of
    /// .NET. Without filters, everything runs.
    /// </summary>
    /// <param name="filters">The filters.</param>
    /// <param name="suites">The names of the suites that there are.</param>
    public static TestSelection Of(IReadOnlyList<string> filters, IReadOnlyList<string> suites)
    {
        if (filters.Count == 0)
        {
            return new TestSelection(RunsProjects: true, [], suites.ToDictionary(suite => suite, _ => (IReadOnlyList<string>)[], StringComparer.Ordinal));
        }

        var bySuite = filters.Select(filter => (Filter: filter, Suite: suites.FirstOrDefault(suite => IsFor(suite, filter)))).ToArray();
        string[] rest = [.. bySuite.Where(pair => pair.Suite is null).Select(pair => pair.Filter)];
        return new TestSelection(
            rest.Length > 0,
            rest,
            bySuite.Where(pair => pair.Suite is not null)
                .GroupBy(pair => pair.Suite!, pair => pair.Filter, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, FiltersOf, StringComparer.Ordinal));
    }

    private static bool IsFor(string suite, string filter) => filter == suite || filter.StartsWith(suite + '.', StringComparison.Ordinal);

    private static IReadOnlyList<string> FiltersOf(IGrouping<string, string> suite) =>
        suite.Contains(suite.Key, StringComparer.Ordinal) ? [] : [.. suite];
}
