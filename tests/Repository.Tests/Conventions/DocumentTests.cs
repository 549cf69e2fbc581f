using System.Text.RegularExpressions;

namespace Repository.Tests.Conventions;

/// <summary>The links of the documents.</summary>
public sealed partial class DocumentTests
{
    private const int LimitMilliseconds = 5000;

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

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, LimitMilliseconds)]
    private static partial Regex Fence();
}
