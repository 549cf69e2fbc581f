namespace Dev.Setup;

/// <summary>The operator's console, built by npm. SessionServer embeds what it finds when it is compiled.</summary>
internal static class ConsoleBuild
{
    private static readonly string[] Generated = ["node_modules", "dist"];

    // It compiles the client from its sources.
    private static readonly string[] Sources = ["src/SessionConsole", "clients/typescript/client/src"];

    private static string Folder => Repository.PathOf("src", "SessionConsole");

    /// <summary>Builds it, unless the last build is newer than every source.</summary>
    /// <param name="progress">Receives progress messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">npm is missing, or the console does not compile.</exception>
    public static async Task EnsureAsync(Progress progress, CancellationToken cancellationToken)
    {
        await NodeModules.EnsureAsync(Folder, "installs what the console is built with, about ten seconds, once", progress, cancellationToken);
        if (IsCurrent(Path.Combine(Folder, "dist", "index.html"), Sources.SelectMany(source => FilesOf(Repository.PathOf(source.Split('/'))))))
        {
            return;
        }

        using var step = progress.Begin("npm run build in src/SessionConsole");
        if (await NodeModules.RunNpmAsync(Folder, ["run", "--silent", "build"], progress.Detail, cancellationToken) != 0)
        {
            throw new InvalidOperationException("The console does not build; the errors are above.");
        }
    }

    /// <summary>Whether an output is newer than every source.</summary>
    /// <param name="output">The file that the build writes last.</param>
    /// <param name="sources">The sources.</param>
    internal static bool IsCurrent(string output, IEnumerable<string> sources)
    {
        if (!File.Exists(output))
        {
            return false;
        }

        var built = File.GetLastWriteTimeUtc(output);
        return sources.All(source => File.GetLastWriteTimeUtc(source) < built);
    }

    private static IEnumerable<string> FilesOf(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(Generated.Contains));
}
