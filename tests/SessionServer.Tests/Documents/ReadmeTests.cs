using System.Text.RegularExpressions;

namespace SessionServer.Tests.Documents;

/// <summary>What the README says of options is what the reference says.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_ten_options_that_people_set_exist_with_the_defaults_shown()
    {
        var values = OptionRows.All().Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(Cells).ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);
        var shown = Document.ReadPart("README.md", "options").Skip(2).Select(Cells).ToArray();

        Assert.Equal(10, shown.Length);
        Assert.All(shown, cells => Assert.Contains(cells[2], Assert.Contains(cells[1], values), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_figure_stands_in_the_page_it_is_taken_from()
    {
        var figures = Document.ReadPart("README.md", "figures").Skip(2).Select(Cells).ToArray();

        Assert.Equal(3, figures.Length);
        Assert.All(figures, cells =>
        {
            var page = Link().Match(cells[3]).Groups["page"].Value;
            Assert.Contains(Number().Match(cells[2]).Value, File.ReadAllText(Path.Combine(Document.Root(), page)), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Lines_are_at_most_120_characters_except_in_tables_of_docs()
    {
        const int Columns = 120;
        var root = Document.Root();
        string[] pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", .. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)];

        Assert.Empty(
            from page in pages
            from line in File.ReadLines(Path.Combine(root, page))
            where line.Length > Columns && (page == "README.md" || !line.StartsWith('|'))
            select $"{page}: {line}");
    }

    private static string[] Cells(string row) => row.Split('|', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\((?<page>[\w/.-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[\d.,]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();
}
