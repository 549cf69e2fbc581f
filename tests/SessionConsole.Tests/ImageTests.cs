using Microsoft.Playwright;
using Support.Hosts;
using static Microsoft.Playwright.Assertions;

namespace SessionConsole.Tests;

/// <summary>The pictures of README: <c>UPDATE_IMAGES=1 dotnet dev.cs test SessionConsole.Tests.ImageTests</c> rewrites them.</summary>
[Collection(nameof(ConsoleSite))]
public sealed class ImageTests(ConsoleSite site)
{
    private const string Update = "UPDATE_IMAGES";
    private const int MaxBytes = 150 * 1024;

    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 30_000 };

    [Fact]
    public async Task The_overview_is_shown()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "overview", width: 1200);
        await Expect(page.GetByText("Created in 24 hours")).ToBeVisibleAsync();

        await KeepAsync(page, "console-overview");
    }

    [Fact]
    public async Task A_preview_of_a_revoke_is_shown()
    {
        var page = await Operator.EnterAsync(site, site.OperatorKey, "incident", width: 1200);
        await page.GetByLabel("Address ranges").FillAsync("203.0.113.0/25");
        await page.GetByLabel("Reason").FillAsync("stolen-credentials");
        await Operator.PressAsync(page, "Preview");
        await Expect(page.GetByText("would end.")).ToBeVisibleAsync(Patiently);

        // The pages of a result are small; there are more rows now than the picture shows.
        await Expect(page.Locator("tr[aria-rowindex='7']")).ToBeAttachedAsync(new() { Timeout = Patiently.Timeout });

        await KeepAsync(page, "console-incident");
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        await page.Mouse.MoveAsync(0, 0);
        var picture = await page.ScreenshotAsync();
        Assert.InRange(picture.Length, 1, MaxBytes);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            var images = Directory.CreateDirectory(Path.Combine(Root(), "docs", "images"));
            await File.WriteAllBytesAsync(Path.Combine(images.FullName, name + ".png"), picture);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(BuiltAssembly.Find("src", "SessionServer"))!);
        while (!File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        }

        return folder.FullName;
    }
}
