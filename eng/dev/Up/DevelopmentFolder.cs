using Dev.Setup;

namespace Dev.Up;

/// <summary>The folder where keys and tables outlive a run. One run uses it at a time.</summary>
internal sealed class DevelopmentFolder : IDisposable
{
    private readonly FileStream? _lock;

    private DevelopmentFolder(string path, FileStream? held)
    {
        Keys = held is null ? DevelopmentKeys.New() : DevelopmentKeys.LoadOrDraw(Path.Combine(path, "keys.json"), TimeProvider.System);
        Tables = held is null ? null : Path.Combine(path, "azurite");
        _lock = held;
    }

    /// <summary>Gets the keys.</summary>
    public DevelopmentKeys Keys { get; }

    /// <summary>Gets where Azurite keeps its tables; null when nothing is kept.</summary>
    public string? Tables { get; }

    /// <summary>Takes the folder; where another run has it, this one keeps nothing.</summary>
    public static DevelopmentFolder Take(UpOptions options, Progress progress)
    {
        var path = Path.GetFullPath(options.Folder);
        Directory.CreateDirectory(path);
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            progress.Line($"Another 'up' uses {options.Folder}, so this one creates new keys and keeps nothing. Choose another folder with --data.");
            return new DevelopmentFolder(path, held: null);
        }

        if (options.IsFresh)
        {
            File.Delete(Path.Combine(path, "keys.json"));
            if (Directory.Exists(Path.Combine(path, "azurite")))
            {
                Directory.Delete(Path.Combine(path, "azurite"), recursive: true);
            }
        }

        var isNew = !File.Exists(Path.Combine(path, "keys.json"));
        progress.Line(isNew ? $"Keys and tables are kept in {options.Folder}." : $"Keys and tables of the last run, from {options.Folder}; '--fresh' discards them.");
        return new DevelopmentFolder(path, held);
    }

    public void Dispose() => _lock?.Dispose();
}
