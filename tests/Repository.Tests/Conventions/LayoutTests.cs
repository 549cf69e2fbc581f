using System.Text.Json;
using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>What holds for the repository as a whole.</summary>
public sealed partial class LayoutTests
{
    private const int LimitMilliseconds = 5000;
    private const string TestCommand = "dotnet dev.cs test";
    private const int MaxLinesOfASource = 300;
    private const int MaxLinesOfATest = 400;

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = RepositoryFiles.Read("SessionFunctions.sln").Replace('\\', '/');

        var missing = RepositoryFiles.Below(string.Empty, ".csproj")
            .Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal));

        Offenders.None(missing);
    }

    [Fact]
    public void No_file_holds_a_path_of_the_machine_it_was_written_on()
    {
        var paths = RepositoryFiles.LinesWhere(
            RepositoryFiles.Below(string.Empty).Where(path => !path.StartsWith("package-lock", StringComparison.Ordinal)),
            line => MachinePath().IsMatch(line));

        Offenders.None(paths);
    }

    [Theory]
    [InlineData("home/ada/code", true)]
    [InlineData("Users/ada/code", true)]
    [InlineData("root/.nuget", true)]
    [InlineData("work/main", true)]
    [InlineData("tmp/try", true)]
    [InlineData("api/v1/sessions", false)]
    public void The_rule_of_machine_paths_tells_them_apart(string path, bool isOfAMachine)
    {
        Assert.Equal(isOfAMachine, MachinePath().IsMatch($"cd /{path}"));
        Assert.DoesNotMatch(MachinePath(), $"https://example.com/{path}");
    }

    [Theory]
    [InlineData("src", MaxLinesOfASource)]
    [InlineData("eng", MaxLinesOfASource)]
    [InlineData("bench", MaxLinesOfASource)]
    [InlineData("tests", MaxLinesOfATest)]
    public void No_source_file_is_longer_than_a_reader_takes_in(string top, int maxLines)
    {
        var longer = RepositoryFiles.Below(top, ".cs")
            .Select(path => (Path: path, Lines: File.ReadLines(RepositoryFiles.FullPath(path)).Count()))
            .Where(file => file.Lines > maxLines)
            .Select(file => $"{file.Path}: {file.Lines} lines; at most {maxLines} are allowed");

        Offenders.None(longer);
    }

    [Fact]
    public void Ci_runs_the_command_that_the_documents_name()
    {
        Assert.Contains(TestCommand, RepositoryFiles.Read(".ci/run").Split('\n'));
        Assert.Contains(TestCommand, RepositoryFiles.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains(TestCommand, RepositoryFiles.Read("CONTRIBUTING.md"), StringComparison.Ordinal);
        Assert.Contains("run: .ci/run", RepositoryFiles.Read(".github/workflows/ci.yml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_folder_is_described_by_a_README()
    {
        var undescribed = FoldersBelow("src", "tests", "bench", "infra", "eng").Where(folder => !IsDescribed(folder));

        Offenders.None(undescribed);
    }

    [Fact]
    public void Every_decision_is_in_the_index_under_its_title()
    {
        var index = RepositoryFiles.Read("docs/adr/README.md");

        var missing = RepositoryFiles.Below("docs/adr", ".md")
            .Where(path => !path.EndsWith("README.md", StringComparison.Ordinal))
            .Select(path => $"[{File.ReadLines(RepositoryFiles.FullPath(path)).First().TrimStart('#', ' ')}]({Path.GetFileName(path)})")
            .Where(link => !index.Contains(link, StringComparison.Ordinal));

        Offenders.None(missing);
    }

    [Fact]
    public void The_lock_file_names_no_registry()
    {
        using var lockFile = JsonDocument.Parse(RepositoryFiles.Read("package-lock.json"));

        var resolved = lockFile.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Value.TryGetProperty("resolved", out _))
            .Select(package => package.Name);

        Offenders.None(resolved);
    }

    private static IEnumerable<string> FoldersBelow(params string[] tops) => tops
        .SelectMany(top => RepositoryFiles.Below(top))
        .SelectMany(Parents)
        .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Parents(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }

    // By its own README, or by its path from there in the nearest one above it.
    private static bool IsDescribed(string folder) =>
        Parents(folder + "/").FirstOrDefault(HasReadme) is { } described
        && (described == folder
            || RepositoryFiles.Read(described + "/README.md").Contains($"`{folder[(described.Length + 1)..]}", StringComparison.Ordinal));

    private static bool HasReadme(string folder) => File.Exists(RepositoryFiles.FullPath(folder + "/README.md"));

    [GeneratedRegex(@"(?<![\w.:/~$})%*-])/(?:home|Users|root|work|tmp)/[\w.]|\b[A-Z]:\\Users\\", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex MachinePath();
}
