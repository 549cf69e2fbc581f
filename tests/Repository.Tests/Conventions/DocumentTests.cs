using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>The links of the documents, and the commands of README.</summary>
public sealed partial class DocumentTests
{
    private const int LimitMilliseconds = 5000;

    // By the first line of a block, or by the command within a line. Nobody deploys here: the tests show that 'azd up' finds what it names.
    private static readonly Dictionary<string, string> RunBy = new(StringComparer.Ordinal)
    {
        ["dotnet dev.cs up"] = "tests/Repository.Tests/Commands/UpCommandTests.cs",
        ["dotnet dev.cs help up"] = "tests/Repository.Tests/Commands/LauncherTests.cs",
        ["export URL=http://127.0.0.1:7071 KEY=ssk_dev_…"] = "tests/SessionServer.Tests/Documents/ReadmeCommandTests.cs",
        ["import express from 'express'"] = "tests/SessionServer.Tests/Documents/ReadmeCommandTests.cs",
        ["dotnet dev.cs test"] = ".ci/run",
        ["azd up"] = "tests/Infra.Tests/AzdTests.cs",
    };

    public static TheoryData<string> Documents => [.. RepositoryFiles.Below(string.Empty, ".md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(RepositoryFiles.FullPath(document))!;
        var broken = Link().Matches(WithoutCode(RepositoryFiles.Read(document)))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Exists(folder, document, target));

        Offenders.None(broken);
    }

    [Fact]
    public void Every_command_of_README_is_run_by_a_test_or_by_CI()
    {
        var commands = Command().Matches(RepositoryFiles.Read("README.md")).Select(match => match.Groups["command"].Value);

        Assert.Equal(RunBy.Keys.Order(StringComparer.Ordinal), commands.Order(StringComparer.Ordinal));
        Assert.All(RunBy.Values, path => Assert.True(File.Exists(RepositoryFiles.FullPath(path)), path));
    }

    private static bool Exists(string folder, string document, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? RepositoryFiles.FullPath(document) : Path.Combine(folder, parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || HeadingsOf(path).Contains(parts[1], StringComparer.Ordinal));
    }

    // As GitHub names them: lower case, spaces become hyphens, other punctuation goes.
    private static IEnumerable<string> HeadingsOf(string path) => Heading().Matches(WithoutCode(File.ReadAllText(path)))
        .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static string WithoutCode(string text) => Fence().Replace(text, string.Empty);

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline, LimitMilliseconds)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, LimitMilliseconds)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^```\w+\n(?<command>.+)$|(?<!`)`(?<command>(?:dotnet|npm|azd) [^`\n]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, LimitMilliseconds)]
    private static partial Regex Command();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, LimitMilliseconds)]
    private static partial Regex Fence();
}
