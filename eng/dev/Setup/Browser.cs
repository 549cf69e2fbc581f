namespace Dev.Setup;

/// <summary>The browser that drives the examples.</summary>
internal static class Browser
{
    /// <summary>The environment variable that tells the tests where it is.</summary>
    public const string Variable = "CHROMIUM_PATH";

    private const string HowToInstall =
        "The tests of clients/examples need Chromium or Chrome (Debian: apt-get install chromium; elsewhere: https://www.google.com/chrome).";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly SystemPackage Package = new("chromium", _ => Task.FromResult(Find() is not null));

    /// <summary>Finds it, or installs it.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message has the remedy.</exception>
    public static async Task<string> EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken) =>
        await Package.EnsureAsync(progress, mayInstall, cancellationToken) && Find() is { } path ? path : throw new InvalidOperationException(HowToInstall);

    private static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told
        ? told
        : Names.Select(Tool.Find).FirstOrDefault(path => path is not null);
}
