namespace SessionFunctions.Tests;

/// <summary>Files of the checkout the tests run in.</summary>
internal static class Checkout
{
    /// <summary>The text of a file.</summary>
    /// <param name="path">Its path from the root.</param>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>The full path of a file.</summary>
    /// <param name="path">Its path from the root.</param>
    public static string PathOf(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SessionFunctions.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout."), path);
    }
}
