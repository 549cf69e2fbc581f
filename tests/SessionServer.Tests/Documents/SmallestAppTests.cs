using System.Globalization;

namespace SessionServer.Tests.Documents;

/// <summary>The README's table of the smallest applications counts the lines that the pages of the frameworks show.</summary>
public sealed class SmallestAppTests
{
    private const string Fence = "```";

    private static readonly (string Name, string Page, string Before)[] Apps =
    [
        ("ASP.NET Core", "docs/integrate/aspnetcore.md", "cookie authentication"),
        ("ASP.NET Core, `ISession`", "docs/integrate/distributed-cache.md", "the Redis package"),
        ("Express", "docs/integrate/express.md", "express-session with connect-redis"),
        ("Django", "docs/integrate/django.md", "Django's engine on Redis"),
    ];

    [Fact]
    public void The_table_counts_the_lines_that_the_pages_show() => Document.AssertPart(
        "README.md",
        "smallest",
        [
            "| application | lines | instead of | lines |",
            "|---|---|---|---|",
            .. Apps.Select(app => string.Create(
                CultureInfo.InvariantCulture, $"| [{app.Name}]({app.Page}) | {LinesOf(app.Page, "smallest")} | {app.Before} | {LinesOf(app.Page, "before")} |")),
        ]);

    [Fact]
    public void No_application_is_longer_than_what_it_replaces() =>
        Assert.All(Apps, app => Assert.InRange(LinesOf(app.Page, "smallest"), 1, LinesOf(app.Page, "before")));

    // Empty lines do not count.
    private static int LinesOf(string page, string part)
    {
        var lines = Document.ReadPart(page, part);
        var fences = lines.Count(line => line.StartsWith(Fence, StringComparison.Ordinal));
        Assert.True(fences == 2, $"The part '{part}' of {page} must hold one block of code.");
        return lines.Length - fences;
    }
}
