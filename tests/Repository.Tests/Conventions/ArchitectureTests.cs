using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>The paths through the code that docs/architecture.md lists.</summary>
public sealed partial class ArchitectureTests
{
    private const int LimitMilliseconds = 5000;
    private const int MostFiles = 8;

    [Theory]
    [InlineData("Validate")]
    [InlineData("Create")]
    [InlineData("Revoke")]
    [InlineData("Sign out everywhere")]
    [InlineData("Purge")]
    public void Every_member_on_a_path_exists(string path)
    {
        var steps = StepsOf(path);
        Assert.InRange(steps.Count, 4, MostFiles);

        Offenders.None(steps.Where(step => !Declares(step.File, step.Type, step.Member)).Select(step => $"{step.Type}.{step.Member} is not in {step.File}"));
        Assert.InRange(steps.Select(step => step.File).Distinct(StringComparer.Ordinal).Count(), 4, MostFiles);
    }

    [Theory]
    [InlineData("SessionService", "ValidateAsync", true)]
    [InlineData("SessionService", "ReadAsync", false)]
    [InlineData("Session", "ValidateAsync", false)]
    public void The_rule_of_members_tells_them_apart(string type, string member, bool isThere) =>
        Assert.Equal(isThere, Declares("src/SessionCore/Operations/SessionService.cs", type, member));

    private static List<(string Type, string Member, string File)> StepsOf(string path)
    {
        var document = RepositoryFiles.Read("docs/architecture.md");
        var start = document.IndexOf($"### {path}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/architecture.md has no section '{path}'.");
        var end = document.IndexOf("\n#", start + 1, StringComparison.Ordinal);
        return [.. Step().Matches(document[start..end]).Select(match => (match.Groups["type"].Value, match.Groups["member"].Value, match.Groups["file"].Value))];
    }

    private static bool Declares(string file, string type, string member)
    {
        if (!File.Exists(RepositoryFiles.FullPath(file)))
        {
            return false;
        }

        var text = RepositoryFiles.Read(file);
        return Regex.IsMatch(text, $@"\b(?:class|record|struct|interface) {type}\b", RegexOptions.None, TimeSpan.FromMilliseconds(LimitMilliseconds))
            && Regex.IsMatch(text, $@"^ +(?:public|internal|private) [^=;]*\b{member}\(", RegexOptions.Multiline, TimeSpan.FromMilliseconds(LimitMilliseconds));
    }

    [GeneratedRegex(@"\[`(?<type>\w+)\.(?<member>\w+)`\]\(\.\./(?<file>src/[^)]+\.cs)\)", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Step();
}
