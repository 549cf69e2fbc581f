namespace Support.Hosts;

/// <summary>Finds programs of this repository as they were built together with the tests.</summary>
public static class BuiltAssembly
{
    /// <summary>The program of a project, in the tests' own configuration, in its own output.</summary>
    /// <param name="folder">The folder of the project's folder, from the root.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="assembly">The assembly's name; null when it is the project's.</param>
    public static string Find(string folder, string project, string? assembly = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name; // output lies below bin and the configuration's name
        for (var root = output; root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, "SessionFunctions.sln")))
            {
                return Path.Combine(root.FullName, folder, project, "bin", configuration, output.Name, (assembly ?? project) + ".dll");
            }
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
