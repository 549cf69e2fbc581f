using System.Diagnostics;

namespace Repository.Tests;

/// <summary>The files of the repository, as a commit would hold them.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules", ".git"];
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>Gets the repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gives the files with an ending, as paths from the root with forward slashes.</summary>
    /// <param name="folder">Only those below it; empty for all.</param>
    /// <param name="ending">How their names end.</param>
    public static IReadOnlyList<string> Below(string folder, string ending = "") =>
    [
        .. Listed.Value.Where(path => (folder.Length == 0 || path.StartsWith(folder + '/', StringComparison.Ordinal)) && path.EndsWith(ending, StringComparison.Ordinal)),
    ];

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    /// <summary>Gives "path:line: text" of each line that matches.</summary>
    public static IReadOnlyList<string> LinesWhere(IEnumerable<string> paths, Func<string, bool> matches) =>
    [
        .. paths.SelectMany(path => File.ReadLines(FullPath(path))
            .Select((line, index) => (Line: line, Number: index + 1))
            .Where(line => matches(line.Line))
            .Select(line => $"{path}:{line.Number}: {line.Line.Trim()}")),
    ];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    // What git would commit; a source archive has no git, and then it is every file that no tool has made.
    private static IReadOnlyList<string> List()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            return
            [
                .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
                    .Where(path => !path.Split('/').Any(Generated.Contains)),
            ];
        }

        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. paths.Where(path => File.Exists(Path.Combine(Root, path)))];
    }
}
