using System.Text.Json;

namespace Dev.Setup;

/// <summary>The npm packages: Azurite, and what tests need besides.</summary>
internal static class NodeModules
{
    // The others are the root and its workspaces, which are not installed.
    private const string Installed = "node_modules/";

    private const string HowToInstall = "Install Node.js 20.19 or later with npm: https://nodejs.org (Debian: apt-get install nodejs npm).";

    /// <summary>Runs <c>npm ci</c> at the root, which brings Azurite, unless the installed packages match the lock file.</summary>
    public static Task EnsureAsync(Progress progress, CancellationToken cancellationToken) =>
        EnsureAsync(Repository.Root, "installs Azurite, about half a minute, once", progress, cancellationToken);

    /// <summary>Runs <c>npm ci</c> in a folder unless the installed packages match the lock file.</summary>
    /// <param name="folder">The folder of the lock file.</param>
    /// <param name="note">What is installed, and how long it takes.</param>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task EnsureAsync(string folder, string note, Progress progress, CancellationToken cancellationToken)
    {
        if (!Tool.Exists("node") || !Tool.Exists("npm"))
        {
            throw new InvalidOperationException($"Node.js is missing, which Azurite (Table Storage) needs. {HowToInstall}");
        }

        if (Matches(Path.Combine(folder, "package-lock.json"), Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            return;
        }

        using var step = progress.Begin("npm ci", note);
        if (await RunNpmAsync(folder, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException(
                $"'npm ci' failed in {Path.GetRelativePath(Repository.Root, folder)}; its output is above. Check that the npm registry is reachable.");
        }
    }

    /// <summary>Runs npm in a folder.</summary>
    /// <returns>Its exit code; null when there is no npm.</returns>
    public static Task<int?> RunNpmAsync(
        string folder,
        IReadOnlyList<string> arguments,
        Action<string> onLine,
        CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string Value)> environment)
    {
        string[] all = ["--prefix", folder, .. arguments];

        // npm is a batch file on Windows, which only its interpreter starts.
        return OperatingSystem.IsWindows()
            ? Tool.RunAsync("cmd", ["/c", "npm", .. all], onLine, cancellationToken, environment)
            : Tool.RunAsync("npm", all, onLine, cancellationToken, environment);
    }

    /// <summary>Whether npm's record of installed packages matches the lock file.</summary>
    /// <param name="lockFile">package-lock.json.</param>
    /// <param name="installed">npm's own record of the folder, written when an installation is complete.</param>
    internal static bool Matches(string lockFile, string installed)
    {
        if (!File.Exists(installed))
        {
            return false;
        }

        try
        {
            var wanted = VersionsIn(lockFile);
            var there = VersionsIn(installed);
            return wanted.All(package => package.IsOptional || there.Exists(found => found.Path == package.Path && found.Version == package.Version));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<(string Path, string? Version, bool IsOptional)> VersionsIn(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. document.RootElement.GetProperty("packages").EnumerateObject()
                .Where(package => package.Name.StartsWith(Installed, StringComparison.Ordinal))
                .Select(package => (
                    package.Name,
                    package.Value.TryGetProperty("version", out var version) ? version.GetString() : null,
                    package.Value.TryGetProperty("optional", out var optional) && optional.GetBoolean())),
        ];
    }
}
