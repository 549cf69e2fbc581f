using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Browsing;

/// <summary>A Chromium of this machine. Nothing is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "CHROMIUM_PATH";
    private const string HowToInstall = $"Install Chromium (Debian: apt-get install chromium), or name it in {Variable}.";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts it.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : Places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"Chromium is missing. {HowToInstall}");
        var playwright = await Playwright.CreateAsync();

        // A container may run as root and has little shared memory.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        return new Chromium(playwright, browser);
    }

    /// <summary>Opens a page with cookies of its own.</summary>
    /// <param name="address">The application.</param>
    /// <param name="width">The width of the window.</param>
    /// <param name="isDark">Whether the user prefers dark pages.</param>
    public async Task<IPage> OpenAsync(Uri address, int width = 1000, bool isDark = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <summary>Asserts that axe-core finds nothing, that nothing is cut off sideways, and keeps a picture.</summary>
    /// <param name="page">The page.</param>
    /// <param name="folder">The folder of the picture below artifacts/screenshots.</param>
    /// <param name="name">The name of the picture.</param>
    public static async Task CheckAsync(IPage page, string folder, string name)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation => $"{name}: {Describe(violation)}")));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} scrolls sideways.");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder(folder), name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help} {string.Join(", ", violation.Nodes.Select(node => node.Html))}";

    private static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return Directory.CreateDirectory(Path.Combine(folder.FullName, "artifacts", "screenshots", name)).FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
