namespace SessionServer.Tests.Documents;

/// <summary>What the README says of options is what the reference says.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_ten_options_that_people_set_exist_with_the_defaults_shown()
    {
        var values = OptionRows.All().Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(Cells).ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);
        var shown = Document.ReadPart("README.md", "options").Skip(2).Select(Cells).ToArray();

        Assert.Equal(10, shown.Length);
        Assert.All(shown, cells => Assert.Contains(cells[2], Assert.Contains(cells[1], values), StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Cells(string row) => row.Split('|', StringSplitOptions.TrimEntries);
}
