using Dev.Setup;

namespace Dev.Packing;

/// <summary>The distribution of <c>clients/python</c>, built without a network.</summary>
internal static class PythonPackage
{
    private const string HowToInstall =
        "A Python with setuptools and wheel is missing. Install them (Debian and Ubuntu: apt-get install python3-setuptools python3-wheel; "
        + "elsewhere: pip install setuptools wheel).";

    // What 'pip wheel' and 'python -m build' call, without the environments that they download for it.
    private const string Build =
        "import sys; from setuptools import build_meta; to = sys.argv[1]; build_meta.build_sdist(to); build_meta.build_wheel(to)";

    private static readonly string[] Modules = ["setuptools", "wheel"];

    /// <summary>Finds the Python, or installs what it lacks.</summary>
    /// <returns>The program.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message has the remedy.</exception>
    public static async Task<string> EnsureAsync(Progress progress, bool mayInstall, CancellationToken cancellationToken)
    {
        foreach (var module in Modules)
        {
            var package = new SystemPackage($"python3-{module}", async token => await PythonProgram.FindAsync(module, token) is not null);
            await package.EnsureAsync(progress, mayInstall, cancellationToken);
        }

        return await PythonProgram.FindAsync(string.Join(", ", Modules), cancellationToken) ?? throw new InvalidOperationException(HowToInstall);
    }

    /// <summary>Builds wheel and source distribution from a copy, because setuptools writes beside the sources.</summary>
    /// <exception cref="InvalidOperationException">They cannot be built.</exception>
    public static async Task BuildAsync(string python, string target, Progress progress, CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("session-functions-");
        try
        {
            Copy(Repository.PathOf("clients", "python"), copy.FullName);
            string[] build = ["-c", $"import os; os.chdir({Quoted(copy.FullName)}); {Build}", target];
            List<string> lines = [];
            if (await Tool.RunAsync(python, build, lines.Add, cancellationToken) != 0)
            {
                lines.ForEach(progress.Detail);
                throw new InvalidOperationException("The Python package cannot be built; the errors are above.");
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, path);
            if (name.StartsWith("tests" + Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains("__pycache__", StringComparison.Ordinal))
            {
                continue;
            }

            var copy = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static string Quoted(string path) => $"'{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
