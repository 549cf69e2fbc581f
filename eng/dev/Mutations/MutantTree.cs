using Dev.Setup;

namespace Dev.Mutations;

/// <summary>A copy of the repository under artifacts/ that faults are put into, so that nothing of the checkout changes.</summary>
/// <remarks>It stays after the run, and later runs copy only files that differ, so they build little.</remarks>
internal sealed class MutantTree
{
    private readonly string _root = Repository.PathOf("artifacts", "mutants");

    /// <summary>Gives the full path of a file in the copy.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([_root, .. parts]);

    /// <summary>Makes the copy equal to what a commit of the checkout would hold.</summary>
    /// <exception cref="InvalidOperationException">This is no checkout of git.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var listed = new List<string>();
        string[] list = ["-c", "core.quotepath=false", "ls-files", "--cached", "--others", "--exclude-standard"];
        if (await Tool.RunAsync("git", list, listed.Add, cancellationToken) != 0)
        {
            throw new InvalidOperationException("Mutations are tried in a copy of what git lists, and git cannot list it. Run it in a checkout.");
        }

        var files = listed.Where(path => File.Exists(Repository.PathOf(path))).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in Sources().Where(path => !files.Contains(path)))
        {
            File.Delete(PathOf(stale));
        }

        foreach (var path in files)
        {
            await CopyAsync(Repository.PathOf(path), PathOf(path), cancellationToken);
        }
    }

    /// <summary>Puts a fault in; disposal takes it out.</summary>
    public IDisposable Put(Mutation mutation)
    {
        var path = PathOf(mutation.File);
        var text = File.ReadAllText(path);
        File.WriteAllText(path, mutation.ApplyTo(text));
        return new Restored(path, text);
    }

    /// <summary>The program that a project of tests was built to.</summary>
    public string ProgramOf(string project) => OutputsOf(project, PathOf("tests", project))[0];

    /// <summary>Puts a project's assembly into every output folder that has one of it; disposal puts back what was there.</summary>
    /// <remarks>So a fault in the product is tried without a build of the projects that depend on it.</remarks>
    public IDisposable Spread(string project)
    {
        var built = OutputsOf(project, PathOf("src", project))[0];
        var others = OutputsOf(project, _root).Where(path => path != built).ToArray();
        var former = File.ReadAllBytes(others[0]);
        Array.ForEach(others, path => File.Copy(built, path, overwrite: true));
        return new Replaced([built, .. others], former);
    }

    // The newest comes first, where a former run has left the output of another framework or configuration.
    private static string[] OutputsOf(string project, string below) =>
    [
        .. Directory.EnumerateFiles(below, project + ".dll", SearchOption.AllDirectories)
            .Where(path => path.Replace('\\', '/').Contains("/bin/", StringComparison.Ordinal))
            .OrderByDescending(File.GetLastWriteTimeUtc),
    ];

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(from, cancellationToken);
        var present = File.Exists(to) ? await File.ReadAllBytesAsync(to, cancellationToken) : null;
        if (present is not null && content.AsSpan().SequenceEqual(present))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        await File.WriteAllBytesAsync(to, content, cancellationToken);
    }

    private IEnumerable<string> Sources() => Directory.Exists(_root)
        ? Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(folder => folder is "bin" or "obj" or "artifacts"))
        : [];

    private sealed class Replaced(string[] paths, byte[] former) : IDisposable
    {
        public void Dispose() => Array.ForEach(paths, path => File.WriteAllBytes(path, former));
    }

    private sealed class Restored(string path, string text) : IDisposable
    {
        public void Dispose() => File.WriteAllText(path, text);
    }
}
