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

    private sealed class Restored(string path, string text) : IDisposable
    {
        public void Dispose() => File.WriteAllText(path, text);
    }
}
