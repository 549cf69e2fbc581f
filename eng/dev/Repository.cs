namespace Dev;

/// <summary>Where things are.</summary>
internal static class Repository
{
    /// <summary>The solution; it marks the root.</summary>
    public const string Solution = "SessionFunctions.sln";

    private static readonly Lazy<string> Found = new(Find);

    /// <summary>Gets the root: the folder of dev.cs.</summary>
    public static string Root => Found.Value;

    /// <summary>Gives the full path of a file in the repository.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var start = AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{Solution} not found in {start} or above it. Run 'dotnet dev.cs' from a clone of the repository.");
    }
}
