namespace Infra.Tests;

internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    // Not from a source path: a deterministic build knows none.
    private static string Find()
    {
        var here = AppContext.BaseDirectory;
        for (var folder = System.IO.Path.GetDirectoryName(here); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "SessionFunctions.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"SessionFunctions.sln is in no folder above '{here}'. Run the tests from a checkout.");
    }
}
