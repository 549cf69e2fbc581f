using System.Text.Json;

namespace Dev.Setup;

/// <summary>The npm packages: Azurite, and what tests need besides.</summary>
internal static class NodeModules
{
    private const string HowToInstall = "Install Node.js 20 or later with npm: https://nodejs.org (Debian: apt-get install nodejs npm).";

    /// <summary>Runs <c>npm ci</c> unless the installed packages match the lock file.</summary>
    public static async Task EnsureAsync(Progress progress, CancellationToken cancellationToken)
    {
        if (!Tool.Exists("node") || !Tool.Exists("npm"))
        {
            throw new InvalidOperationException($"Node.js is missing, which Azurite (Table Storage) needs. {HowToInstall}");
        }

        if (Matches(Repository.PathOf("package-lock.json"), Repository.PathOf("node_modules", ".package-lock.json")))
        {
            return;
        }

        using var step = progress.Begin("npm ci", "installs Azurite, about half a minute, once");
        string program = "npm";
        string[] arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        if (OperatingSystem.IsWindows())
        {
            // npm is a batch file there, which only its interpreter starts.
            (program, arguments) = ("cmd", ["/c", "npm", .. arguments]);
        }

        var exitCode = await Tool.RunAsync(program, arguments, progress.Detail, cancellationToken);
        if (exitCode != 0)
        {
            throw new InvalidOperationException("'npm ci' failed; its output is above. Azurite is an npm package: check that the registry is reachable.");
        }
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
                .Where(package => package.Name.Length > 0)
                .Select(package => (
                    package.Name,
                    package.Value.TryGetProperty("version", out var version) ? version.GetString() : null,
                    package.Value.TryGetProperty("optional", out var optional) && optional.GetBoolean())),
        ];
    }
}
